/* The part that shows how the losses fell. */

import { draw, make, table } from "./elements.js";
import { decimals, whole } from "./spelling.js";

const WIDTH = 480,
  HEIGHT = 260,
  LEFT = 44,
  RIGHT = 12,
  TOP = 12,
  BOTTOM = 34;
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
  const [x, y] = [
    scale(
      all.map(([step]) => step),
      LEFT,
      WIDTH - RIGHT,
    ),
    scale(
      all.map(([, nats]) => nats),
      HEIGHT - BOTTOM,
      TOP,
    ),
  ];
  const lines = drawn.map(({ name, points }) =>
    draw("polyline", {
      class: `curve ${name}`,
      points: points.map(([step, nats]) => `${x.place(step)},${y.place(nats)}`).join(" "),
    }),
  );
  const dots = drawn.flatMap(({ name, points }) =>
    points.length > 1
      ? []
      : [draw("circle", { class: `curve ${name}`, cx: x.place(points[0][0]), cy: y.place(points[0][1]), r: 3 })],
  );
  const last = drawn
    .map(({ title, points }) => `${title} ${decimals(points[0][1], 2)} to ${decimals(points.at(-1)[1], 2)}`)
    .join(", ");
  const picture = draw(
    "svg",
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: "img",
      class: "curves",
      "aria-label": `Losses by step, in nats a character: ${last}`,
    },
    ...axes(x, y),
    ...lines,
    ...dots,
  );
  const legend = drawn.map(({ name, title }) =>
    make(
      "span",
      {},
      draw("svg", { viewBox: "0 0 28 8", class: "key" }, draw("path", { class: `curve ${name}`, d: "M0 4H28" })),
      title,
    ),
  );
  return [make("p", { class: "legend", "aria-hidden": "true" }, ...legend), picture];
}

/** Returns a scale from the values to the pixels between `from` and `to`, with round ticks. */
function scale(values, from, to) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = high - low || Math.abs(high) || 1;
  const rough = room / 4,
    power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((each) => each * power >= rough);
  const [first, last] = [high === low ? low - room / 2 : low, high === low ? high + room / 2 : high];
  const ticks = [];
  for (let tick = Math.ceil(first / step); tick * step <= last + step * 1e-9; tick++) ticks.push(tick * step);
  const place = (value) => Math.round(10 * (from + ((value - first) / (last - first)) * (to - from))) / 10;
  return { place, ticks, places: Math.max(0, -Math.floor(Math.log10(step))) };
}

function axes(x, y) {
  const across = y.ticks.flatMap((tick) => [
    draw("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y.place(tick), y2: y.place(tick) }),
    draw("text", { class: "tick", x: LEFT - 6, y: y.place(tick) + 4, "text-anchor": "end" }, tick.toFixed(y.places)),
  ]);
  const along = x.ticks
    .filter((tick) => Number.isInteger(tick))
    .map((tick) =>
      draw("text", { class: "tick", x: x.place(tick), y: HEIGHT - BOTTOM + 18, "text-anchor": "middle" }, whole(tick)),
    );
  return [
    ...across,
    ...along,
    draw("text", { class: "tick", x: WIDTH - RIGHT, y: HEIGHT - 2, "text-anchor": "end" }, "step"),
  ];
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
