/* The part that shows a list: what is in it, and what cleaning left out. */

import { make, status, table } from "/parts/elements.js";
import { spellCharacter, whole } from "/parts/spelling.js";
import { post } from "./api.js";

const REASONS = { too_long: "too long", duplicate: "repeated", control: "with control characters" };

/** Returns the part; `show(source, settings)` reports on a list. */
export function listPart() {
  const told = status();
  const detail = make("div", { class: "report" });
  let asking = null;

  const show = async (source, settings = {}) => {
    asking?.abort();
    const own = (asking = new AbortController());
    told.textContent = "Reading the list …";
    try {
      const report = await post("/api/reports", { source, settings }, { signal: own.signal });
      told.textContent = sum(report);
      detail.replaceChildren(...describe(report));
    } catch (error) {
      if (error.name === "AbortError") return;
      told.textContent = error.message;
      detail.replaceChildren();
    }
  };
  const more = make("details", {}, make("summary", {}, "What is in it"), detail);
  return { element: make("div", { class: "part" }, told, more), show };
}

function sum({ source, cleaning, summary }) {
  const left = Object.entries(cleaning)
    .filter(([, found]) => found?.count)
    .map(([reason, found]) => `${whole(found.count)} ${REASONS[reason] ?? reason}`);
  const dropped = left.length ? `; left out: ${left.join(", ")}` : "";
  return `${source}: ${whole(cleaning.read)} read, ${whole(summary.count)} ${summary.count === 1 ? "word" : "words"} kept${dropped}.`;
}

function describe({ origin, cleaning, summary }) {
  const notes = cleaning.notes.map((note) => make("p", { class: "note", dir: "auto" }, note));
  const dropped = Object.entries(cleaning).filter(([, found]) => found?.count);
  const examples = dropped.map(([reason, found]) => [
    REASONS[reason] ?? reason,
    whole(found.count),
    make("bdi", {}, found.examples.join("  ")),
  ]);
  return [
    make("p", { class: "note", dir: "auto" }, origin),
    ...notes,
    bars("Characters in a word", Object.entries(summary.lengths)),
    bars("Commonest letters", commonest(Object.entries(summary.alphabet)), spellCharacter),
    ...(examples.length ? [table("Left out by cleaning", ["why", "words", "examples"], examples)] : []),
  ];
}

function commonest(counts) {
  return counts.sort((a, b) => b[1] - a[1]).slice(0, 16);
}

function bars(caption, counts, spell = String) {
  const most = Math.max(...counts.map(([, count]) => count));
  const rows = counts.map(([name, count]) =>
    make(
      "li",
      {},
      make(
        "span",
        { class: "row" },
        make("bdi", {}, spell(name)),
        make("span", { class: "bar", "--share": count / most }),
        make("span", { class: "share" }, whole(count)),
      ),
    ),
  );
  return make("div", {}, make("p", { class: "caption" }, caption), make("ol", { class: "bars", "aria-label": caption }, ...rows));
}
