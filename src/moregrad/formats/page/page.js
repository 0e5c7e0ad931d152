/* The page that stands alone: its parts around the model inside it. `createModel` is the translated model. */

import { field, make } from "./elements.js";
import { followingPart } from "./following.js";
import { lossesPart } from "./losses.js";
import { mapPart } from "./map.js";
import { provenancePart } from "./provenance.js";
import { scorePart } from "./score.js";
import { pageSource } from "./source.js";
import { wordsPart } from "./words.js";

function embedded(id) {
  return document.getElementById(id).textContent;
}

function bytes(id) {
  return Uint8Array.from(atob(embedded(id)), (character) => character.charCodeAt(0));
}

function fill(id, ...children) {
  document.getElementById(id).append(...children);
}

function start() {
  const facts = JSON.parse(embedded("facts"));
  const source = pageSource(createModel(bytes("weights").buffer), facts, bytes("filter"));
  const input = make("input", { dir: "auto", autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
  const score = scorePart(source, facts);
  const ask = () => {
    score.show(input.value);
    following.show(input.value);
  };
  const take = (word) => {
    input.value = word;
    ask();
  };
  const following = followingPart(source, {
    onPick: (character) => {
      take(input.value + character);
      input.focus();
    },
  });
  const words = wordsPart(source, facts, {
    onPick: (word) => {
      take(word);
      input.scrollIntoView({ block: "nearest" });
    },
  });
  input.addEventListener("input", ask);
  fill("words", words.element);
  fill("score", field("A word", input, "any word; or choose one that was made"), score.element);
  fill("following", following.element);
  fill("map", mapPart(facts.map).element);
  fill("losses", lossesPart(facts.metrics, facts.losses, facts.verdict).element);
  fill("provenance", provenancePart(facts).element);
  ask();
  words.run().then((first) => {
    if (first && !input.value) take(first);
  });
  return source;
}

window.moregrad = start(); // For the console, and for tests: moregrad.sample({count: 5}).
