/* The page that stands alone: its parts around the model inside it. `createModel` is the translated model. */

import { labelField } from "./labels.js";
import { lossesPart } from "./losses.js";
import { mapPart } from "./map.js";
import { provenancePart } from "./provenance.js";
import { pageSource } from "./source.js";
import { wordParts } from "./together.js";

function embedded(id) {
  return document.getElementById(id).textContent;
}

function bytes(id) {
  return Uint8Array.from(atob(embedded(id)), (character) => character.charCodeAt(0));
}

function start() {
  const facts = JSON.parse(embedded("facts"));
  const source = pageSource(createModel(bytes("weights").buffer), facts, bytes("filter"));
  const known = { ...facts };
  const { begin, ...parts } = wordParts(source, known);
  const choose = (label) => {
    source.choose(label);
    known.held_out = label === null ? facts.held_out : null; // Held-out words are those of any label.
    begin();
  };
  document.getElementById("words").append(...labelField(facts.labels, null, choose));
  parts.map = mapPart(facts.map).element;
  parts.losses = lossesPart(facts.metrics, facts.losses, facts.verdict).element;
  parts.provenance = provenancePart(facts).element;
  for (const [id, element] of Object.entries(parts)) document.getElementById(id).append(element);
  begin();
  return source;
}

window.moregrad = start(); // For the console, and for tests: moregrad.sample({count: 5}).
