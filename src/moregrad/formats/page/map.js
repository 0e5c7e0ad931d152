/* The part that shows the embeddings of the characters as a map. */

import { draw, glyph, make, table } from "./elements.js";
import { spellCharacter } from "./spelling.js";

const [SIDE, MARGIN] = [400, 24];
const [APART, CROWDED] = [20, 13]; // Letters nearer than this would cover each other, and where there are many.
const MANY = 80;
const ROUNDS = 60; // In which they are pushed apart.
const NEAR = 3;

/** Returns the part; `show(map)` draws another map: {characters, places, shares, size, note} or {reason}. */
export function mapPart(map) {
  const element = make("div", { class: "part" });
  const show = (found) =>
    element.replaceChildren(...(found.reason ? [make("p", { class: "note" }, found.reason)] : depict(found)));
  show(map);
  return { element, show };
}

function depict({ characters, places, shares, size: numbers, note }) {
  const points = fit(places);
  const letters = spread(points).map(([x, y], index) =>
    draw("text", { x, y, class: characters[index] === "start" ? "end" : null }, spellCharacter(characters[index])),
  );
  const label = `Map of ${characters.length} characters by their embeddings`;
  const size = { viewBox: `0 0 ${SIDE} ${SIDE}` };
  const frame = draw("rect", { x: 0.5, y: 0.5, width: SIDE - 1, height: SIDE - 1 });
  const picture = draw("svg", { ...size, role: "img", "aria-label": label, class: "map" }, frame, ...letters);
  const kept = Math.round(100 * shares.reduce((sum, share) => sum + share, 0));
  const said =
    numbers > 2
      ? `The vectors have ${numbers} numbers; the map keeps ${kept} % of their variance.`
      : `The vectors have ${numbers} numbers.`;
  const rows = characters.map((character, index) => [
    glyph(character),
    make("span", {}, ...nearest(index, points).flatMap((each) => [glyph(characters[each]), " "])),
  ]);
  const near = make(
    "details",
    {},
    make("summary", {}, "Neighbours on the map"),
    table("Neighbours on the map", ["character", "nearest first"], rows),
  );
  return [picture, make("p", { class: "note" }, `${said} ${note}`.trim()), near];
}

/** Fits places into the square, both axes in one scale. */
function fit(places) {
  const [xs, ys] = [0, 1].map((axis) => places.map((place) => place[axis]));
  const middle = [xs, ys].map((all) => (Math.min(...all) + Math.max(...all)) / 2);
  const reach = Math.max(...[xs, ys].map((all) => Math.max(...all) - Math.min(...all))) || 1;
  const scale = (SIDE - 2 * MARGIN) / reach;
  return places.map(([x, y]) => [SIDE / 2 + (x - middle[0]) * scale, SIDE / 2 - (y - middle[1]) * scale]);
}

/** Moves points that would cover each other apart, by as little as that takes. */
function spread(points) {
  const moved = points.map((point) => [...point]);
  const apart = points.length > MANY ? CROWDED : APART;
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < moved.length; i++) for (let j = 0; j < i; j++) push(moved[i], moved[j], apart);
  }
  const inside = (each) => Math.min(SIDE - MARGIN / 2, Math.max(MARGIN / 2, Math.round(10 * each) / 10));
  return moved.map((point) => point.map(inside));
}

function push(one, other, apart) {
  const [x, y] = [one[0] - other[0], one[1] - other[1]];
  const distance = Math.hypot(x, y);
  if (distance >= apart) return;
  const [across, along] = distance ? [x / distance, y / distance] : [1, 0];
  const step = (apart - distance) / 2;
  [one[0], one[1]] = [one[0] + step * across, one[1] + step * along];
  [other[0], other[1]] = [other[0] - step * across, other[1] - step * along];
}

function nearest(index, points) {
  const distance = (other) => Math.hypot(points[index][0] - points[other][0], points[index][1] - points[other][1]);
  return [...points.keys()]
    .filter((other) => other !== index)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, NEAR);
}
