/* The part that shows a training while it goes on. */

import { make, status } from "/parts/elements.js";
import { lossesPart } from "/parts/losses.js";
import { mapPart } from "/parts/map.js";
import { whole } from "/parts/spelling.js";
import { follow, get, pathOf, post } from "./api.js";

/** Returns the part; `watch(run)` follows a training, `onNews(run)` is called after each evaluation and at the end. */
export function livePart({ onNews }) {
  const told = status();
  const progress = make("progress", { max: 1, value: 0, "aria-label": "Steps of the training" });
  const stop = make("button", { type: "button", onclick: () => command("stop") }, "Stop");
  const resume = make("button", { type: "button", hidden: true, onclick: () => command("resume") }, "Resume");
  const words = make("ul", { class: "words", "aria-label": "Words that it makes now" });
  const [losses, map] = [lossesPart([], {}), mapPart({ reason: "The map comes with the first evaluation." })];
  let [run, following, metrics] = ["", null, []];

  const command = async (what) => {
    try {
      await post(pathOf(run, what), {});
      if (what === "resume") watch(run);
      else told.textContent = "Stopping after the next evaluation …";
    } catch (error) {
      told.textContent = error.message;
    }
  };

  const tell = {
    evaluation: (data) => {
      metrics = [...metrics, data];
      progress.value = data.step / data.steps;
      told.textContent = `Step ${whole(data.step)} of ${whole(data.steps)}, ${data.seconds.toFixed(1)} s.`;
      showLosses();
      map.show(data.map);
      showWords(data.samples);
    },
    stopped: (data) => end(`Stopped at step ${whole(data.step)}.`, true),
    finished: (data) => {
      const ended = Object.entries(data.losses).map(([name, loss]) => [name, loss.all]);
      losses.show(metrics, Object.fromEntries(ended), data.verdict ? [data.verdict] : []);
      progress.value = 1;
      showWords(data.samples);
      end(["Finished.", ...data.warnings].join(" "), false);
    },
    failed: (data) => end(`Failed: ${data.message}`, false),
  };

  const showLosses = () => {
    losses.element.hidden = !metrics.length;
    losses.show(metrics, {});
  };

  const showWords = (samples) =>
    words.replaceChildren(...samples.map(({ word }) => make("li", {}, make("bdi", {}, word))));

  const end = (text, more) => {
    told.textContent = text;
    [stop.hidden, resume.hidden] = [true, !more];
  };

  const watch = async (name) => {
    following?.abort();
    const own = (following = new AbortController());
    run = name;
    [stop.hidden, resume.hidden] = [false, true];
    told.textContent = `${name}: compiling; the first steps take some seconds …`;
    progress.value = 0;
    words.replaceChildren();
    try {
      metrics = (await get(pathOf(name), { signal: own.signal })).metrics.filter((each) => each);
      const known = metrics.length ? metrics.at(-1).step : 0;
      showLosses();
      await follow(
        name,
        (kind, data) => {
          if (kind === "evaluation" && data.step <= known) metrics = metrics.filter((each) => each.step < data.step);
          tell[kind](data);
          onNews(name, kind);
        },
        { signal: own.signal },
      );
    } catch (error) {
      if (error.name !== "AbortError") told.textContent = error.message;
    }
  };

  const element = make(
    "div",
    { class: "part" },
    make("div", { class: "buttons" }, stop, resume),
    progress,
    told,
    make("div", { class: "beside" }, losses.element, make("div", {}, make("h3", {}, "Words now"), words), map.element),
  );
  return { element, watch };
}
