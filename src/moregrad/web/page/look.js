/* The parts of one run, those of the page that `moregrad export` writes, asked by requests. */

import { field, make } from "/parts/elements.js";
import { followingPart } from "/parts/following.js";
import { labelField } from "/parts/labels.js";
import { lossesPart } from "/parts/losses.js";
import { mapPart } from "/parts/map.js";
import { provenancePart } from "/parts/provenance.js";
import { scorePart } from "/parts/score.js";
import { wordsPart } from "/parts/words.js";
import { get, pathOf, runSource } from "./api.js";

/** Returns the sections of a run; raises what the server says if it cannot be looked at. */
export async function lookAt(run, labels, label, onLabel) {
  const { facts } = await get(pathOf(run, "facts"));
  const source = runSource(run, label);
  const known = { ...facts, filter: { error: 0 }, ...(label === null ? {} : { held_out: null }) };
  const input = make("input", { dir: "auto", autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
  const score = scorePart(source, known);
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
  const words = wordsPart(source, known, {
    onPick: (word) => {
      take(word);
      input.scrollIntoView({ block: "nearest" });
    },
  });
  input.addEventListener("input", ask);
  ask();
  words.run().then((first) => {
    if (first && !input.value) take(first);
  });
  return [
    section("words", "Make words", ...labelField(labels, label, onLabel), words.element),
    section("score", "Look at a word", field("A word", input, "any word; or choose one that was made"), score.element),
    section("following", "What comes next", following.element),
    section("map", "Map of the letters", mapPart(facts.map).element),
    section("losses", "How it learned", lossesPart(facts.metrics, facts.losses, facts.verdict).element),
    section("provenance", "Where it comes from", provenancePart(facts).element),
  ];
}

function section(id, title, ...parts) {
  return make("section", { id, "aria-labelledby": `${id}-title` }, make("h2", { id: `${id}-title` }, title), ...parts);
}
