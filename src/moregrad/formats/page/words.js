/* The part that makes words. */

import { field, freshId, make, status } from "./elements.js";
import { percent, whole } from "./spelling.js";

const COUNTS = [10, 20, 50, 100];

/** Returns the part; `onPick(word)` is called when one of the words is chosen, `run()` makes words and returns one. */
export function wordsPart(source, facts, { onPick = () => {} } = {}) {
  const controls = makeControls(facts);
  const go = make("button", { type: "submit", class: "primary" }, "Make words");
  const stop = make("button", { type: "button", hidden: true, onclick: () => running?.abort() }, "Stop");
  const copy = make("button", { type: "button", hidden: true, onclick: () => copyWords() }, "Copy");
  const hint = make("p", { class: "hidden", id: freshId("hint") }, "Choose a word to look at its letters.");
  const list = make("ul", { class: "words", "aria-label": "Words made" });
  const told = status();
  let running = null;

  const show = (words) => {
    while (list.children.length > words.length) list.lastChild.remove();
    words.slice(list.children.length).forEach((each) => list.append(makeItem(each, hint.id, onPick)));
  };

  const run = async () => {
    running?.abort();
    const own = (running = new AbortController());
    list.replaceChildren();
    told.textContent = "Looking for words …";
    [stop.hidden, copy.hidden] = [false, true];
    let shown = [];
    const watch = (words) => {
      if (running === own) show((shown = words));
    };
    try {
      const { words, shortage } = await source.sample(controls.read(), { signal: own.signal, watch });
      if (running !== own) return;
      show((shown = words));
      told.textContent = shortage || `${whole(words.length)} words.`;
    } catch (error) {
      if (running !== own) return;
      told.textContent = error.name === "AbortError" ? `Stopped after ${whole(shown.length)} words.` : error.message;
    }
    running = null;
    const stopped = document.activeElement === stop;
    [stop.hidden, copy.hidden] = [true, !navigator.clipboard || !list.children.length];
    if (stopped) go.focus({ preventScroll: true }); // The button that had the focus is gone.
    return shown[0]?.word;
  };

  const copyWords = async () => {
    const text = Array.from(list.querySelectorAll("bdi"), (word) => word.textContent).join("\n");
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = "Copied.";
    } catch {
      told.textContent = "The browser does not let this page copy.";
    }
  };

  const form = make(
    "form",
    {
      class: "controls",
      onsubmit: (event) => {
        event.preventDefault();
        run();
      },
    },
    ...controls.fields,
    make("div", { class: "buttons" }, go, stop, copy),
  );
  return { element: make("div", { class: "part" }, form, told, hint, list), run };
}

function makeControls(facts) {
  const prefix = make("input", {
    dir: "auto",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    maxlength: facts.longest_made,
  });
  const count = make(
    "select",
    {},
    ...COUNTS.map((each) => make("option", { value: each, selected: each === 20 }, whole(each))),
  );
  const temperature = make("input", { type: "range", min: 0, max: 2, step: 0.05, value: facts.temperature });
  const value = make("output", { class: "value" });
  const tellTemperature = () => {
    value.textContent = Number(temperature.value).toFixed(2);
    temperature.setAttribute("aria-valuetext", `${value.textContent}, ${daring(temperature.value)}`);
  };
  temperature.addEventListener("input", tellTemperature);
  tellTemperature();
  const bounds = { type: "number", min: 1, max: facts.longest_made, inputmode: "numeric" };
  const least = make("input", { ...bounds, placeholder: 1, "aria-label": "fewest letters" });
  const most = make("input", { ...bounds, placeholder: facts.longest_made, "aria-label": "most letters" });
  const novel = make("input", { type: "checkbox", id: freshId("field"), checked: true });
  const warmth = field("Temperature", temperature, "low plays it safe, high takes risks");
  warmth.firstChild.append(" ", value);
  const wrong = facts.filter?.error; // Of a list that is looked up there is none.
  return {
    fields: [
      field("Begins with", prefix),
      field("How many", count),
      warmth,
      make(
        "fieldset",
        { class: "field" },
        make("legend", {}, "Letters"),
        make("span", { class: "span" }, least, "to", most),
      ),
      make(
        "div",
        { class: "field check" },
        novel,
        make("label", { for: novel.id }, "only words that are not in the list"),
        wrong ? make("small", {}, `the page takes ${percent(wrong)} of new words for words of the list`) : "",
      ),
    ],
    read: () => ({
      count: Number(count.value),
      temperature: Number(temperature.value),
      prefix: prefix.value,
      length: least.value || most.value ? `${least.value}-${most.value}` : "",
      novel: novel.checked,
      distinct: true,
    }),
  };
}

function daring(temperature) {
  if (temperature == 0) return "always the likeliest letter";
  return temperature < 0.8 ? "plays it safe" : temperature > 1.2 ? "takes risks" : "as the model has learned";
}

function makeItem({ word, where }, hint, onPick) {
  const listed = where === "new" ? "" : make("small", {}, "in the list");
  return make(
    "li",
    {},
    make(
      "button",
      { type: "button", "aria-describedby": hint, onclick: () => onPick(word) },
      make("bdi", {}, word),
      listed,
    ),
  );
}
