/* The part that shows what may follow the letters typed so far. */

import { glyph, make } from "./elements.js";
import { percent, whole } from "./spelling.js";

const SHOWN = 12;

/** Returns the part; `show(prefix)` asks anew, `onPick(prefix)` is called with the longer one when a letter is chosen. */
export function followingPart(source, { onPick = () => {} } = {}) {
  const title = make("p", { class: "caption" });
  const list = make("ol", { class: "bars", "aria-label": "Likeliest next letters; choose one to append it" });
  const rest = make("p", { class: "note" });
  let asking = null;

  const show = async (prefix) => {
    asking?.abort();
    const own = (asking = new AbortController());
    try {
      const found = await source.probabilities(prefix, { signal: own.signal });
      if (asking === own) put(found);
    } catch {
      if (asking === own) put({ prefix, probabilities: {} }); // The score, which meets the same, says why.
    }
  };

  const put = ({ prefix, probabilities }) => {
    const order = Object.entries(probabilities).sort((a, b) => b[1] - a[1]);
    const shown = order.slice(0, SHOWN),
      left = order.slice(SHOWN);
    title.replaceChildren(...(prefix ? ["What may follow ", make("bdi", {}, prefix)] : ["How words begin"]));
    title.hidden = !shown.length;
    list.replaceChildren(...shown.map(([character, share]) => makeBar(character, share, shown[0][1], () => onPick(prefix + character))));
    rest.textContent = left.length
      ? `${whole(left.length)} others share ${percent(left.reduce((sum, [, share]) => sum + share, 0))}.`
      : "";
  };

  return { element: make("div", { class: "part" }, title, list, rest), show };
}

function makeBar(character, share, most, onPick) {
  const bar = make("span", { class: "bar", "--share": share / most });
  const content = [glyph(character), bar, make("span", { class: "share" }, percent(share))];
  if (character === "end") return make("li", { class: "end" }, make("span", { class: "row" }, ...content));
  return make("li", {}, make("button", { type: "button", class: "row", onclick: onPick }, ...content));
}
