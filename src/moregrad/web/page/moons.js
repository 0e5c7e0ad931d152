/* The part that trains a network of single numbers on the moons, and shows the boundary move. */

import { field, make, status } from "/parts/elements.js";
import { post } from "./api.js";

const [SIDE, AT_ONCE, MOST] = [480, 2, 100];
const REST = 60; // Milliseconds between two requests, so that one sees what happens.

/** Returns the part; `begin()` shows the network before its first step. */
export function moonsPart() {
  const canvas = make("canvas", { class: "moons", width: SIDE, role: "img" });
  const told = status();
  const rate = make("input", { type: "number", min: 0.01, max: 10, step: "any", value: 1 });
  const hidden = make("input", { type: "number", min: 1, max: 32, value: 16 });
  const go = make("button", { type: "button", class: "primary", onclick: () => (running ? stop() : run()) }, "Train");
  const one = make("button", { type: "button", onclick: () => advance(1) }, "One step");
  const anew = make("button", { type: "button", onclick: () => begin(true) }, "Start over");
  let [state, running, seed] = [null, false, 1337];

  const advance = async (steps) => {
    const asked = { parameters: state?.parameters, step: state?.step ?? 0, steps, seed };
    const chosen = { hidden: Number(hidden.value), learning_rate: Number(rate.value) };
    try {
      state = await post("/api/moons", { ...asked, ...chosen });
      paint(canvas, state);
      told.textContent = `Step ${state.step}: loss ${state.loss.toFixed(4)}, ${state.right} of ${state.count} right.`;
      return true;
    } catch (error) {
      told.textContent = error.message;
      return false;
    }
  };

  const stop = () => {
    running = false;
    go.textContent = "Train";
    one.disabled = false;
  };

  const run = async () => {
    running = true;
    go.textContent = "Stop";
    one.disabled = true;
    const end = state.step + MOST;
    while (running && state.step < end && (await advance(AT_ONCE))) await new Promise((done) => setTimeout(done, REST));
    stop();
  };

  const begin = async (other = false) => {
    stop();
    if (other) seed = crypto.getRandomValues(new Uint32Array(1))[0];
    state = null;
    await advance(0);
  };

  hidden.addEventListener("change", () => begin());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => state && paint(canvas, state));
  const controls = make(
    "div",
    { class: "controls" },
    field("Learning rate", rate, "falls to a tenth within 100 steps"),
    field("Neurons in each of two layers", hidden),
    make("div", { class: "buttons" }, go, one, anew),
  );
  const note = make(
    "p",
    { class: "note" },
    "micrograd's demo: 100 points of two classes, a network of single numbers with relu, the hinge loss. The colour says " +
      "how sure the network is, the line is where it changes its mind.",
  );
  const element = make("div", { class: "part aside" }, make("div", {}, controls, note), make("div", {}, canvas, told));
  return { element, begin };
}

/** Paints the field, the boundary and the points. */
function paint(canvas, { edges: [left, right, bottom, top], side, field: scores, points, right: count, count: all }) {
  const scale = SIDE / (right - left);
  const height = Math.round((top - bottom) * scale);
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  const style = getComputedStyle(document.documentElement);
  const [ground, one, two, ink] = ["--ground", "--moon-0", "--moon-1", "--ink"].map((name) => style.getPropertyValue(name).trim());
  context.fillStyle = ground;
  context.fillRect(0, 0, SIDE, height);
  const at = (column, row) => scores[row * side + column];
  const [wide, high] = [SIDE / (side - 1), height / (side - 1)];
  // Pixel by pixel on a small canvas, from where the browser enlarges them smoothly.
  const small = new OffscreenCanvas(side, side);
  const pen = small.getContext("2d");
  scores.forEach((score, index) => {
    pen.globalAlpha = 0.12 + 0.38 * Math.tanh(Math.abs(score));
    pen.fillStyle = score > 0 ? two : one;
    pen.fillRect(index % side, Math.floor(index / side), 1, 1);
  });
  context.drawImage(small, -wide / 2, -high / 2, SIDE + wide, height + high);
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.beginPath();
  for (let row = 0; row < side - 1; row++) for (let column = 0; column < side - 1; column++) trace(context, at, column, row, wide, high);
  context.stroke();
  for (const [x, y, label] of points) {
    const [across, down] = [(x - left) * scale, (top - y) * scale];
    context.beginPath();
    // Classes differ by form as well as by colour.
    if (label) context.rect(across - 4.5, down - 4.5, 9, 9);
    else context.arc(across, down, 5, 0, 2 * Math.PI);
    context.fillStyle = label ? two : one;
    context.fill();
    context.strokeStyle = ground;
    context.lineWidth = 1.5;
    context.stroke();
  }
  canvas.setAttribute("aria-label", `The moons and the boundary of the network, which tells ${count} of ${all} points right`);
}

/** Draws the piece of the boundary in a cell: a line between the sides on which the score changes its sign. */
function trace(context, at, column, row, wide, high) {
  const corners = [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)];
  const places = [[0, 0], [1, 0], [1, 1], [0, 1]];
  const crossings = [];
  corners.forEach((score, index) => {
    const next = (index + 1) % 4;
    if (score > 0 === corners[next] > 0) return;
    const share = score / (score - corners[next]);
    crossings.push([0, 1].map((axis) => places[index][axis] + share * (places[next][axis] - places[index][axis])));
  });
  for (let index = 0; index + 1 < crossings.length; index += 2) {
    const [[x, y], [u, v]] = [crossings[index], crossings[index + 1]];
    context.moveTo((column + x) * wide, (row + y) * high);
    context.lineTo((column + u) * wide, (row + v) * high);
  }
}
