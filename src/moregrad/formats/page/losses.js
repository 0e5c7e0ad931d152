/* The part that shows how the losses fell. */

import { draw, make, table } from "./elements.js";
import { decimals, whole } from "./spelling.js";

const [WIDTH, HEIGHT] = [480, 260];
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 456, 12, 226]; // Where the curves are drawn.
const CURVES = [
  ["train", "training batches"],
  ["validation", "validation"],
];

/**
 * Returns the part; `show(metrics, losses)` draws others: metrics are [{step, train, validation}], losses are
 * {split: {nats, bits, perplexity, standard_error, words}}, sentences say what came of the training. A loss that is no
 * number is null.
 */
export function lossesPart(metrics, losses, sentences = []) {
  const element = make("div", { class: "part" });
  const show = (measured, ended, said = []) => {
    const told = said.length ? [make("p", { class: "note", dir: "auto" }, said.join(" "))] : [];
    element.replaceChildren(...curves(measured), ...final(ended), ...told, ...every(measured));
  };
  show(metrics, losses, sentences);
  return { element, show };
}

function curves(metrics) {
  const drawn = CURVES.map(([name, title]) => ({
    name,
    title,
    points: metrics.filter((each) => each[name] != null).map((each) => [each.step, each[name]]),
  })).filter(({ points }) => points.length);
  if (!drawn.length)
    return [make("p", { class: "note" }, "No loss was measured on the way: counts are not trained step by step.")];
  const all = drawn.flatMap(({ points }) => points);
  const x = scale(
    all.map(([step]) => step),
    LEFT,
    RIGHT,
  );
  const y = scale(
    all.map(([, nats]) => nats),
    BOTTOM,
    TOP,
  );
  const lines = drawn.map(({ name, points }) =>
    drawCurve(
      name,
      points.map(([step, nats]) => [x.place(step), y.place(nats)]),
    ),
  );
  const fallen = drawn.map(
    ({ title, points }) => `${title} ${points[0][1].toFixed(2)} to ${points.at(-1)[1].toFixed(2)}`,
  );
  const said = `Losses by step, in nats a character: ${fallen.join(", ")}`;
  const size = { viewBox: `0 0 ${WIDTH} ${HEIGHT}` };
  const picture = draw("svg", { ...size, role: "img", "aria-label": said }, ...axes(x, y), ...lines);
  const legend = drawn.map(({ name, title }) => make("span", {}, drawKey(name), title));
  return [make("p", { class: "legend", "aria-hidden": "true" }, ...legend), picture];
}

/** Draws a curve through places, or a dot where there is but one. */
function drawCurve(name, places) {
  const [[x, y]] = places;
  if (places.length === 1) return draw("circle", { class: `curve ${name}`, cx: x, cy: y, r: 4 });
  return draw("polyline", { class: `curve ${name}`, points: places.join(" ") });
}

function drawKey(name) {
  return draw("svg", { viewBox: "0 0 28 8", class: "key" }, draw("path", { class: `curve ${name}`, d: "M0 4H28" }));
}

/** Returns a scale from the values to the pixels between `from` and `to`, with round ticks. */
function scale(values, from, to) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = high - low || Math.abs(high) || 1;
  const rough = room / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((each) => each * power >= rough);
  const [first, last] = [high === low ? low - room / 2 : low, high === low ? high + room / 2 : high];
  const ticks = [];
  for (let tick = Math.ceil(first / step); tick * step <= last + step * 1e-9; tick++) ticks.push(tick * step);
  const place = (value) => Math.round(10 * (from + ((value - first) / (last - first)) * (to - from))) / 10;
  return { place, ticks, places: Math.max(0, -Math.floor(Math.log10(step))) };
}

function axes(x, y) {
  const across = y.ticks.flatMap((tick) => [
    draw("line", { class: "grid", x1: LEFT, x2: RIGHT, y1: y.place(tick), y2: y.place(tick) }),
    draw("text", { class: "tick", x: LEFT - 6, y: y.place(tick) + 4, "text-anchor": "end" }, tick.toFixed(y.places)),
  ]);
  const along = x.ticks
    .filter((tick) => Number.isInteger(tick))
    .map((tick) =>
      draw("text", { class: "tick", x: x.place(tick), y: BOTTOM + 18, "text-anchor": "middle" }, whole(tick)),
    );
  return [...across, ...along, draw("text", { class: "tick", x: RIGHT, y: HEIGHT - 2, "text-anchor": "end" }, "step")];
}

function final(losses) {
  const rows = Object.entries(losses ?? {}).map(([split, each]) => [
    split,
    decimals(each.nats, 3),
    decimals(each.bits, 3),
    decimals(each.perplexity, 2),
    whole(each.words),
  ]);
  return rows.length
    ? [table("Losses at the end, a character", ["words of", "nats", "bits", "perplexity", "words"], rows)]
    : [];
}

function every(metrics) {
  if (!metrics.length) return [];
  const rows = metrics.map(({ step, train, validation }) => [whole(step), decimals(train, 4), decimals(validation, 4)]);
  return [
    make(
      "details",
      {},
      make("summary", {}, "Losses on the way"),
      table("Nats a character on the way", ["step", "training batches", "validation"], rows),
    ),
  ];
}
