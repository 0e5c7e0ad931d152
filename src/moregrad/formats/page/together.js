/* The parts around one word: those made can be looked at, and letters that may follow are appended. */

import { field, make } from "./elements.js";
import { followingPart } from "./following.js";
import { scorePart } from "./score.js";
import { wordsPart } from "./words.js";

/** Returns the elements of the parts that make words, look at one, and tell what comes next; `begin()` fills them. */
export function wordParts(source, facts) {
  const input = make("input", { dir: "auto", autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
  const score = scorePart(source, facts);
  const take = (word) => {
    input.value = word;
    ask();
  };
  const goOn = (longer) => {
    take(longer);
    input.focus();
  };
  const look = (word) => {
    take(word);
    input.scrollIntoView({ block: "nearest" });
  };
  const following = followingPart(source, { onPick: goOn });
  const words = wordsPart(source, facts, { onPick: look });
  const ask = () => {
    score.show(input.value);
    following.show(input.value);
  };
  const begin = async () => {
    ask();
    const first = await words.run();
    if (first && !input.value) take(first);
  };
  input.addEventListener("input", ask);
  const asked = field("A word", input, "any word; or choose one that was made");
  return { words: words.element, score: make("div", {}, asked, score.element), following: following.element, begin };
}
