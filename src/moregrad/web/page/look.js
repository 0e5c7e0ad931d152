/* The parts of one run, those of the page that `moregrad export` writes, asked by requests. */

import { make } from "/parts/elements.js";
import { labelField } from "/parts/labels.js";
import { lossesPart } from "/parts/losses.js";
import { mapPart } from "/parts/map.js";
import { provenancePart } from "/parts/provenance.js";
import { wordParts } from "/parts/together.js";
import { get, pathOf, runSource } from "./api.js";

/** Returns the sections of a run; raises what the server says if it cannot be looked at. */
export async function lookAt(run, labels, label, onLabel) {
  const { facts } = await get(pathOf(run, "facts"));
  const known = { ...facts, filter: { error: 0 }, ...(label === null ? {} : { held_out: null }) };
  const { words, score, following, begin } = wordParts(runSource(run, facts, label), known);
  begin();
  return [
    section("words", "Make words", ...labelField(labels, label, onLabel), words),
    section("score", "Look at a word", score),
    section("following", "What comes next", following),
    section("map", "Map of the letters", mapPart(facts.map).element),
    section("losses", "How it learned", lossesPart(facts.metrics, facts.losses, facts.verdict).element),
    section("provenance", "Where it comes from", provenancePart(facts).element),
  ];
}

function section(id, title, ...parts) {
  return make("section", { id, "aria-labelledby": `${id}-title` }, make("h2", { id: `${id}-title` }, title), ...parts);
}
