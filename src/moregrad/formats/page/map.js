/* The part that shows the embeddings of the characters as a map. */

import { draw, glyph, make, table } from "./elements.js";
import { spellCharacter } from "./spelling.js";

const SIDE = 400,
  MARGIN = 22,
  NEAR = 3;

/** Returns the part; `show(map)` draws another map: {characters, places, shares, size, note} or {reason}. */
export function mapPart(map) {
  const element = make("div", { class: "part" });
  const show = (found) =>
    element.replaceChildren(...(found.reason ? [make("p", { class: "note" }, found.reason)] : depict(found)));
  show(map);
  return { element, show };
}

function depict({ characters, places, shares, size, note }) {
  const points = fit(places);
  const letters = points.map(([x, y], index) =>
    draw("text", { x, y, class: characters[index] === "start" ? "end" : null }, spellCharacter(characters[index])),
  );
  const label = `Map of ${characters.length} characters by their embeddings`;
  const picture = draw(
    "svg",
    { viewBox: `0 0 ${SIDE} ${SIDE}`, role: "img", "aria-label": label, class: "map" },
    ...letters,
  );
  const kept = Math.round(100 * shares.reduce((sum, share) => sum + share, 0));
  const said =
    size > 2
      ? `The vectors have ${size} numbers; the map keeps ${kept} % of their variance.`
      : `The vectors have ${size} numbers.`;
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
  return places.map(([x, y]) =>
    [SIDE / 2 + (x - middle[0]) * scale, SIDE / 2 - (y - middle[1]) * scale].map((each) => Math.round(10 * each) / 10),
  );
}

function nearest(index, points) {
  const distance = (other) => Math.hypot(points[index][0] - points[other][0], points[index][1] - points[other][1]);
  return [...points.keys()]
    .filter((other) => other !== index)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, NEAR);
}
