/* The part that tells how surprising a word is, letter by letter. */

import { glyph, make, status, table } from "./elements.js";
import { clusters, percent, whole } from "./spelling.js";

const HOTTEST = 6; // Nats from which on a letter has the full colour: once in 400 times.
const CLOSE = 1e-5; // Nats below which two words are equally surprising: figures of float32 are no better.
const QUIET = 600; // Milliseconds without typing after which the figures are read out.

/** Returns the part; `show(word)` explains a word, and tells nothing of an empty one. */
export function scorePart(source, facts) {
  const letters = make("p", { class: "letters", dir: "auto", "aria-hidden": "true" });
  const figures = make("p", { class: "figures" });
  const told = status();
  told.classList.add("hidden");
  const detail = make("div");
  const scale = make("p", { class: "scale", "aria-hidden": "true" }, "expected", make("span"), "surprising");
  let [asking, timer] = [null, 0];

  const put = (word, nodes, sentence, rows) => {
    letters.replaceChildren(...nodes);
    figures.textContent = sentence;
    detail.replaceChildren(...rows);
    scale.hidden = !rows.length;
    clearTimeout(timer);
    timer = setTimeout(() => {
      told.textContent = word ? `${word}: ${sentence}` : sentence;
    }, QUIET);
  };

  const show = async (text) => {
    asking?.abort();
    const own = (asking = new AbortController());
    if (!text) return put("", [], "", []);
    try {
      const found = await source.explain(text, { signal: own.signal });
      if (asking === own) put(found.word, colour(found), tell(found, facts), [tabulate(found)]);
    } catch (error) {
      if (asking === own) put("", [], error.message, []);
    }
  };

  put("", [], "", []);
  return { element: make("div", { class: "part" }, letters, scale, figures, told, detail), show };
}

/** Colours each letter by its surprisal; marks that belong to a letter are coloured with it. */
function colour({ word, characters }) {
  const spelled = [...word];
  let start = 0;
  const spans = clusters(word).map((size) => {
    const own = characters.slice(start, start + size);
    const text = spelled.slice(start, (start += size)).join("");
    return make("span", { "--heat": heat(own.reduce((sum, each) => sum + (each.nats ?? Infinity), 0)) }, text);
  });
  const end = characters[characters.length - 1];
  return [...spans, make("span", { class: "end", "--heat": heat(end.nats ?? Infinity) }, "end")];
}

function heat(nats) {
  return Math.min(1, Math.max(0, nats / HOTTEST)).toFixed(3);
}

/** Says in a sentence or two how plausible a word is. */
function tell({ where, nats, nats_per_character: each }, facts) {
  const stands =
    where === "new"
      ? "It is not in the list."
      : `It is in the list${where === "the list" ? "" : `, one of its ${where} words`}.`;
  if (nats === null) return `The model holds it impossible. ${stands}`;
  const bits = (nats / Math.LN2).toFixed(1);
  const surprise = `${nats.toFixed(2)} nats (${bits} bits), ${each.toFixed(2)} a letter.`;
  const share = facts.held_out && percentile(each, facts.held_out.nats_per_character);
  const compared =
    share == null ? "" : ` More plausible than ${share.toFixed(0)} % of the words held out from training.`;
  return `${surprise}${compared} ${stands}`;
}

/** The share in percent of held-out words that cost more nats a letter. */
function percentile(nats, heldOut) {
  return (100 * heldOut.filter((each) => each > nats + CLOSE).length) / heldOut.length;
}

function tabulate({ word, characters }) {
  const rows = characters.map(({ character, nats, probability, rank, expected }) => [
    glyph(character),
    make(
      "span",
      { class: "meter", "--share": nats === null ? 1 : Math.min(1, nats / HOTTEST) },
      nats === null ? "impossible" : nats.toFixed(2),
    ),
    percent(probability),
    make(
      "span",
      { class: "expected" },
      ...Object.entries(expected)
        .sort((a, b) => b[1] - a[1])
        .flatMap(expectation),
    ),
    whole(rank),
  ]);
  return table(`Letters of ${word}`, ["letter", "nats", "chance", "expected instead", "rank"], rows);
}

function expectation([character, probability], index) {
  return [index ? " " : "", make("span", {}, glyph(character), ` ${percent(probability)}`)];
}
