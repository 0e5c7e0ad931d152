/* The part that lists the runs: one is looked at, several are put side by side. */

import { decimals, whole } from "/parts/spelling.js";
import { make } from "/parts/elements.js";

/** Returns the part; `show(runs, chosen)` lists runs, `onChoose(name)` and `onCompare(names)` are called for what is chosen. */
export function runsPart({ onChoose, onCompare }) {
  const element = make("div", { class: "part" });
  const compared = new Set();

  const show = (runs, chosen) => {
    const focused = element.contains(document.activeElement) && document.activeElement.getAttribute("aria-label");
    list(runs, chosen);
    // The rows are new, and who uses the keyboard goes on where they were.
    if (focused) element.querySelector(`[aria-label=${CSS.escape(focused)}]`)?.focus({ preventScroll: true });
  };

  const list = (runs, chosen) => {
    if (!runs.length) {
      element.replaceChildren(make("p", { class: "note" }, "There is no run yet. Train one: it takes a minute."));
      return;
    }
    for (const name of compared) if (!runs.some((run) => run.name === name)) compared.delete(name);
    const columns = ["", "run", "model", "steps", "test nats", "side by side"];
    const head = make("tr", {}, ...columns.map((column) => make("th", { scope: "col" }, column)));
    const body = make("tbody", {}, ...runs.map((run) => row(run, run.name === chosen)));
    const listed = make("table", {}, make("thead", {}, head), body);
    element.replaceChildren(
      make("p", { class: "caption" }, "Losses are nats a character on test words; lower is better."),
      make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Runs" }, listed),
      ...differences(runs.filter((run) => compared.has(run.name))),
    );
  };

  const row = (run, isChosen) => {
    const choose = make("input", {
      type: "radio",
      name: "run",
      checked: isChosen,
      "aria-label": `Look at ${run.name}`,
      onchange: () => onChoose(run.name),
    });
    const compare = make("input", {
      type: "checkbox",
      checked: compared.has(run.name),
      "aria-label": `Put ${run.name} side by side`,
      onchange: (event) => {
        if (event.target.checked) compared.add(run.name);
        else compared.delete(run.name);
        onCompare([...compared]);
      },
    });
    const state = run.training && run.training !== "finished" ? make("small", {}, ` ${run.training}`) : "";
    const cells = [
      run.model,
      `${whole(run.step)}${run.step < run.steps ? ` of ${whole(run.steps)}` : ""}`,
      decimals(run.losses.test, 4),
      compare,
    ];
    return make(
      "tr",
      { class: isChosen ? "chosen" : null },
      make("td", {}, choose),
      make("th", { scope: "row" }, make("bdi", {}, run.name), state),
      ...cells.map((cell) => make("td", {}, cell)),
    );
  };

  return { element, show, compared: () => [...compared] };
}

function differences(runs) {
  if (new Set(runs.map((run) => run.fingerprint)).size < 2) return [];
  return [make("p", { class: "note" }, "These runs were not made from the same words, so their losses cannot be compared.")];
}
