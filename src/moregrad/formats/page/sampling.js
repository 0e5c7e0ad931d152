/* Words drawn from a model: what is wanted of them is had by drawing again, so that none is likelier than it should be. */

import { logSumExp, slices } from "./reading.js";

const FRUITLESS = 20000; // Draws in a row without a word that is wanted, after which the search ends,
const PATIENCE = 10000; // as it does after so many milliseconds.
const COLDEST = 1e-30; // Temperatures below are 0, as in Python.

/** Draws a token by inversion of the cumulative sum; a temperature of 0 takes the likeliest. */
function drawToken(logits, temperature, random) {
  let likeliest = 0;
  for (let token = 1; token < logits.length; token++) if (logits[token] > logits[likeliest]) likeliest = token;
  if (temperature < COLDEST) return likeliest;
  const most = logits[likeliest];
  let sum = 0;
  for (const logit of logits) sum += Math.exp((logit - most) / temperature);
  const mark = random() * sum;
  let reached = 0;
  for (let token = 0; token < logits.length; token++) {
    reached += Math.exp((logits[token] - most) / temperature);
    if (reached > mark) return token;
  }
  return likeliest; // The sum was rounded to less than the mark.
}

/** Reads "5-8", "5-", "-8", "5" or "" as the fewest and the most letters. */
export function readSpan(text) {
  const found = /^ *(\d*) *(-?) *(\d*) *$/.exec(text);
  if (!found || (found[3] && !found[2]) || (found[2] && !found[1] && !found[3])) throw new Error(spanProblem(text));
  const [, least, hyphen, most] = found;
  const span = hyphen
    ? [Number(least || 0), most ? Number(most) : Infinity]
    : [Number(least || 0), Number(least || Infinity)];
  if (span[0] > span[1]) throw new Error(spanProblem(text));
  return span;
}

function spanProblem(text) {
  return `the length “${text}” is none: give a number or a span such as 5-8, 5- or -8, its ends in order`;
}

/**
 * Draws words until `count` are found that are wanted, or too many draws brought none.
 *
 * `model` is that of the page, `start` what it says after `prefix`, a list of tokens; `isListed` tells of tokens
 * whether the list has them, `spell` writes them. No word is longer than `longest`.
 */
export async function drawWords(model, start, prefix, options, { longest, isListed, spell, random, signal, watch }) {
  const { count, temperature, length, novel, distinct } = options;
  const [least, most] = readSpan(length);
  const breathe = slices(signal);
  const words = [],
    made = new Set(),
    missed = { long: 0, empty: 0, short: 0, listed: 0, repeated: 0 };
  let fruitless = 0,
    lucky = performance.now();

  const drawWord = async () => {
    const tokens = [...prefix];
    let { logits, state } = start.at(-1),
      nats = 0;
    prefix.forEach((token, index) => {
      nats += logSumExp(start[index].logits) - start[index].logits[token];
    });
    for (;;) {
      const token = drawToken(logits, temperature, random);
      nats += logSumExp(logits) - logits[token];
      if (token === 0) return { tokens, nats };
      if (tokens.length >= Math.min(longest, most)) return null;
      tokens.push(token);
      await breathe();
      ({ logits, state } = model.advance(state, token));
    }
  };

  const refuse = (drawn, word, listed) => {
    if (drawn === null) return "long";
    if (drawn.tokens.length === 0) return "empty";
    if (drawn.tokens.length < least) return "short";
    if (novel && listed) return "listed";
    return distinct && made.has(word) ? "repeated" : null;
  };

  while (words.length < count) {
    await breathe();
    const drawn = await drawWord();
    const word = drawn && spell(drawn.tokens),
      listed = drawn !== null && isListed(drawn.tokens);
    const reason = refuse(drawn, word, listed);
    if (reason) {
      missed[reason]++;
      const hopeless = temperature < COLDEST || ++fruitless >= FRUITLESS || performance.now() - lucky > PATIENCE;
      if (hopeless) break;
      continue;
    }
    [fruitless, lucky] = [0, performance.now()];
    made.add(word);
    words.push({
      word,
      nats: drawn.nats,
      nats_per_character: drawn.nats / (drawn.tokens.length + 1),
      where: listed ? "the list" : "new",
    });
    watch?.(words);
  }
  return { words, shortage: words.length < count ? shortage(words.length, options, missed) : "" };
}

const REASONS = {
  empty: ["brought the empty word", "raise the temperature"],
  long: ["became too long", "allow longer words, or try another temperature"],
  short: ["ended too early", "allow shorter words"],
  listed: ["brought words of the list", "raise the temperature, or allow words of the list"],
  repeated: ["brought words that are there already", "raise the temperature, or ask for fewer"],
};

function shortage(found, { count, temperature }, missed) {
  const number = found ? `only ${found}` : "none";
  if (temperature < COLDEST)
    return `Found ${number} of ${count}: at temperature 0 every try gives the same word. To find more, raise the temperature.`;
  const drawn = found + Object.values(missed).reduce((sum, each) => sum + each, 0);
  const commonest = Object.keys(missed).reduce((a, b) => (missed[b] > missed[a] ? b : a));
  const [what, advice] = REASONS[commonest];
  return `Found ${number} of ${count}: ${missed[commonest].toLocaleString("en")} of ${drawn.toLocaleString("en")} tries ${what}. To find more, ${advice}.`;
}
