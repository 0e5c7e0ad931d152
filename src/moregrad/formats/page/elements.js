/* Elements of a page. Text is always text: nothing here reads markup. */

import { sayCharacter, spellCharacter } from "./spelling.js";

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element; attributes that begin with "on" are listeners, true stands for an attribute without a value. */
export function make(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

/** Makes an element of a drawing. */
export function draw(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG, tag), attributes, children);
}

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith("--")) element.style.setProperty(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Shows a character, for the eye and for the ear. */
export function glyph(character) {
  const [seen, said] = [spellCharacter(character), sayCharacter(character)];
  const shown = make(
    "bdi",
    { class: character === "end" ? "end" : null, "aria-hidden": seen === said ? null : "true" },
    seen,
  );
  return make("span", {}, shown, seen === said ? "" : make("span", { class: "hidden" }, said));
}

/** Makes a table in a region that scrolls; a cell is text or an element. The first cell of a row is its header. */
export function table(caption, columns, rows) {
  const head = make("thead", {}, make("tr", {}, ...columns.map((column) => make("th", { scope: "col" }, column))));
  const body = rows.map(([first, ...rest]) =>
    make("tr", {}, make("th", { scope: "row" }, first), ...rest.map((cell) => make("td", {}, cell))),
  );
  const whole = make("table", {}, make("caption", {}, caption), head, make("tbody", {}, ...body));
  return make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption }, whole);
}

let made = 0;

/** Returns an id that no other element of the page has. */
export function freshId(name) {
  return `${name}-${++made}`;
}

/** Makes a label above its input; `hint` says more. */
export function field(text, input, hint = "") {
  input.id ||= freshId("field");
  const described = hint ? make("small", { id: freshId("hint") }, hint) : "";
  if (hint) input.setAttribute("aria-describedby", described.id);
  return make("div", { class: "field" }, make("label", { for: input.id }, text), input, described);
}

/** Makes a paragraph that screen readers read out when it changes. */
export function status() {
  return make("p", { role: "status", class: "status" });
}
