/* The part for single numbers: an expression, its graph, and the backward sweep step by step. */

import { field, make, status, table } from "/parts/elements.js";
import { post } from "./api.js";

const FIRST = "a = 2\nb = -3\nc = 10\ne = a * b\nd = e + c\nf = -2\nL = d * f";

const DIGITS = 7; // Of a result and of gradients.
const LEAST = 0.6; // The scale below which letters are too small, and the picture scrolls instead.

/** Returns the part. */
export function graphPart() {
  const text = make("textarea", { rows: 8, spellcheck: "false", autocapitalize: "none" });
  text.value = FIRST;
  const told = status();
  const picture = make("div", { class: "scroll paper", tabindex: 0, role: "region", "aria-label": "Graph of the expression" });
  const detail = make("div");
  const [first, back, next, last] = ["First", "Back", "Next", "Last"].map((name) => make("button", { type: "button" }, name));
  let [found, at] = [null, 0];

  const show = (step) => {
    at = Math.max(0, Math.min(step, found.steps.length - 1));
    const svg = new DOMParser().parseFromString(found.steps[at].svg, "image/svg+xml").documentElement;
    const drawn = document.importNode(svg, true);
    drawn.style.maxWidth = `${svg.getAttribute("width")}px`;
    drawn.style.minWidth = `${LEAST * svg.getAttribute("width")}px`;
    picture.replaceChildren(drawn);
    // The sweep goes from the right to the left, and a wide picture with it.
    const done = at ? (at - 1) / Math.max(1, found.steps.length - 2) : 1;
    picture.scrollLeft = (1 - done) * (picture.scrollWidth - picture.clientWidth);
    told.textContent = `Step ${at} of ${found.steps.length - 1}. ${found.steps[at].told}`;
    [first.disabled, back.disabled] = [at === 0, at === 0];
    [next.disabled, last.disabled] = [at === found.steps.length - 1, at === found.steps.length - 1];
  };

  const compute = async () => {
    try {
      found = await post("/api/graph", { text: text.value });
      const rows = Object.entries(found.gradients).map(([name, gradient]) => [name, write(gradient)]);
      const result = `The result is ${write(found.result)}.`;
      detail.replaceChildren(
        rows.length
          ? table(`${result} Its derivative by each name:`, ["name", "gradient"], rows)
          : make("p", { class: "note" }, `${result} Give numbers a name, such as a = 2, to see its derivative by each.`),
      );
      show(0);
    } catch (error) {
      told.textContent = error.message;
      picture.replaceChildren();
      detail.replaceChildren();
      for (const each of [first, back, next, last]) each.disabled = true;
    }
  };

  first.addEventListener("click", () => show(0));
  back.addEventListener("click", () => show(at - 1));
  next.addEventListener("click", () => show(at + 1));
  last.addEventListener("click", () => show(Infinity));
  const go = make("button", { type: "submit", class: "primary" }, "Compute");
  const form = make(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        compute();
      },
    },
    field("Lines of arithmetic", text, "+ - * / **, and tanh, exp, log, relu and the like; the last line is the result"),
    make("div", { class: "buttons" }, go),
  );
  const buttons = make("div", { class: "buttons", role: "group", "aria-label": "Steps of the backward sweep" }, first, back, next, last);
  const element = make(
    "div",
    { class: "part aside" },
    make("div", {}, form, detail),
    make("div", {}, buttons, told, picture),
  );
  return { element, begin: compute };
}

function write(number) {
  return number === null ? "infinite" : String(Number(number.toPrecision(DIGITS)));
}
