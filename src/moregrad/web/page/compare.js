/* The part that puts runs side by side: their losses, their words, and what each says of a word. */

import { field, make, status } from "/parts/elements.js";
import { decimals, whole } from "/parts/spelling.js";
import { normalise } from "/parts/typed.js";
import { get, pathOf, post } from "./api.js";

const WORDS = 10;

/** Returns the part; `show(runs)` puts runs side by side. */
export function comparePart() {
  const input = make("input", { dir: "auto", autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
  const columns = make("div", { class: "columns" });
  const told = status();
  let [shown, asking] = [[], null];

  const score = async () => {
    asking?.abort();
    const own = (asking = new AbortController());
    const word = input.value;
    const answers = await Promise.allSettled(
      shown.map(async ({ run, facts }) => {
        const words = [normalise(word, (await facts).facts)];
        return post(pathOf(run.name, "score"), { words }, { signal: own.signal });
      }),
    );
    if (asking !== own) return;
    answers.forEach((answer, index) => {
      shown[index].said.textContent = word && answer.value ? say(answer.value.scores[0]) : (answer.reason?.message ?? "");
    });
  };

  const draw = async () => {
    told.textContent = "";
    const seed = crypto.getRandomValues(new Uint32Array(1))[0];
    const wanted = { count: WORDS, novel: true, distinct: true, seed };
    await Promise.all(
      shown.map(async ({ run, words }) => {
        try {
          const { samples } = await post(pathOf(run.name, "sample"), wanted);
          words.replaceChildren(...samples.map(({ word }) => make("li", {}, make("bdi", {}, word))));
        } catch (error) {
          told.textContent = error.message;
        }
      }),
    );
  };

  const show = (runs) => {
    shown = runs.map((run) => ({
      run,
      facts: get(pathOf(run.name, "facts")),
      words: make("ul", { class: "plain" }),
      said: make("p", { class: "figures" }),
    }));
    columns.replaceChildren(...shown.map(column));
    draw();
    score();
  };

  input.addEventListener("input", score);
  const again = make("button", { type: "button", onclick: draw }, "Other words");
  const element = make("div", { class: "part" }, field("A word", input), columns, told, make("div", { class: "buttons" }, again));
  return { element, show };
}

function column({ run, words, said }) {
  const facts = { Model: run.model, Parameters: whole(run.parameters), Steps: whole(run.step), Seconds: decimals(run.seconds, 1) };
  const losses = Object.entries(run.losses).map(([name, nats]) => [`${name} nats`, decimals(nats, 4)]);
  const rows = [...Object.entries(facts), ...losses].flatMap(([term, text]) => [make("dt", {}, term), make("dd", {}, text)]);
  return make("article", {}, make("h3", {}, make("bdi", {}, run.name)), make("dl", {}, ...rows), said, words);
}

function say({ nats_per_character: each, percentile, where, problem }) {
  if (problem) return `It cannot be scored: ${problem}.`;
  if (each === null) return "The model holds it impossible.";
  const share = percentile === null ? "" : `; more plausible than ${percentile.toFixed(0)} % of held-out words`;
  return `${each.toFixed(3)} nats a letter${share}; ${where === "new" ? "new" : `in ${where}`}.`;
}
