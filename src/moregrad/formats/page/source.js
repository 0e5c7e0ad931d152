/*
 * What the parts of the page ask of a run.
 *
 * A part (words.js, score.js, following.js, map.js, losses.js, provenance.js) is a function that returns an object with
 * an `element` to be put anywhere. Parts that ask take a `source`, an object with the async methods below. A page that
 * stands alone has `pageSource` of this module, around the model inside it; a playground answers the same questions by
 * requests. All arguments and results are JSON, in the form that `to_dict` gives them in Python:
 *
 *   sample({count, temperature, prefix, length, novel, distinct, seed}, {signal, watch})
 *       -> {words: [{word, nats, nats_per_character, where}], shortage}
 *     takes the options of `Run.sample`. `length` is "", "5", "5-", "-8" or "5-8"; `where` is "new" or says what list
 *     holds the word; `shortage` is "" or says why there are fewer words than `count`. Words that come one by one are
 *     told to `watch(words so far)`; a source may leave that out.
 *   explain(word, {signal})
 *       -> {word, where, nats, nats_per_character, characters: [{character, nats, probability, rank, expected}]}
 *     is `Run.explain(word).to_dict()` and `where` as above; `expected` holds the likeliest three probabilities by
 *     character. The last character is "end"; nats are null where the model holds a character impossible.
 *   probabilities(prefix, {signal})
 *       -> {prefix, probabilities: {character: probability}}
 *     is `Run.probabilities(prefix).to_dict()`, the end written "end".
 *
 * That of a page that stands alone has a method more:
 *   choose(label)
 *     answers from now on for words with one of `facts.labels`, or, given null, for those of any, each with its share.
 *
 * `signal` is an AbortSignal or left out. A method that cannot answer rejects with an Error whose message is a sentence
 * for the reader, and with an AbortError if it was told to stop.
 *
 * What does not change while a page is open is plain data: `facts`, made by `moregrad.formats.facts.describe(run)`.
 * together.js joins the parts that work on one word.
 */

import { givenLabel } from "./labels.js";
import { listedWords } from "./listed.js";
import { freshSeed, randomNumbers } from "./random.js";
import { Reader, logSumExp } from "./reading.js";
import { drawWords } from "./sampling.js";
import { normalise } from "./typed.js";

const EXPECTED = 3;
const DEFAULTS = { count: 20, temperature: 1, prefix: "", length: "", novel: false, distinct: false, seed: null };

/** Returns a source around `model`, which says {logits, state} token by token; `bits` are the filter of the list. */
export function pageSource(model, facts, bits) {
  const characters = [...facts.characters];
  const ids = new Map(characters.map((character, index) => [character, index + 1]));
  const isListed = listedWords(bits, facts.filter.hashes);
  let [chosen, reader, opener] = [model, new Reader(model), new Reader(model)];
  const spell = (tokens) => tokens.map((token) => characters[token - 1]).join("");

  const encode = (text) => {
    const word = normalise(text, facts);
    const tokens = [...word].map((character) => ids.get(character) ?? unknown(character));
    if (tokens.length > facts.longest_read) {
      throw new Error(`This word has ${tokens.length} letters; the model reads at most ${facts.longest_read}.`);
    }
    return { word, tokens };
  };

  const where = (tokens) => (tokens.length && isListed(tokens) ? "the list" : "new");

  return {
    choose(label) {
      chosen = label === null ? model : givenLabel(model, facts.labels.indexOf(label));
      [reader, opener] = [new Reader(chosen), new Reader(chosen)];
    },

    async sample(wanted, { signal, watch } = {}) {
      const options = { ...DEFAULTS, ...wanted };
      const { tokens } = encode(options.prefix);
      const start = await opener.read(tokens, signal);
      const random = randomNumbers(options.seed ?? freshSeed());
      const longest = facts.longest_made;
      if (tokens.length > longest)
        throw new Error(`A beginning of ${tokens.length} letters does not fit in words of at most ${longest}.`);
      return drawWords(chosen, start, tokens, options, { longest, isListed, spell, random, signal, watch });
    },

    async explain(text, { signal } = {}) {
      const { word, tokens } = encode(text);
      const steps = await reader.read(tokens, signal);
      const listed = [...tokens, 0].map((token, index) => explainToken(steps[index].logits, token, characters));
      const nats = listed.reduce((sum, each) => sum + (each.nats ?? Infinity), 0);
      const totals = { nats: finite(nats), nats_per_character: finite(nats / listed.length) };
      return { word, where: where(tokens), ...totals, characters: listed };
    },

    async probabilities(text, { signal } = {}) {
      const { word, tokens } = encode(text);
      const { logits } = (await reader.read(tokens, signal)).at(-1);
      const total = logSumExp(logits);
      const shares = Array.from(logits, (logit, token) => [name(token, characters), Math.exp(logit - total)]);
      return { prefix: word, probabilities: Object.fromEntries(shares.sort((a, b) => b[1] - a[1])) };
    },
  };
}

function unknown(character) {
  throw new Error(`“${character}” is not among the characters that this model knows.`);
}

function name(token, characters) {
  return token === 0 ? "end" : characters[token - 1];
}

function finite(number) {
  return Number.isFinite(number) ? number : null;
}

function explainToken(logits, token, characters) {
  const total = logSumExp(logits);
  const order = Array.from(logits.keys())
    .sort((a, b) => logits[b] - logits[a] || a - b)
    .slice(0, EXPECTED);
  const expected = Object.fromEntries(order.map((each) => [name(each, characters), Math.exp(logits[each] - total)]));
  const nats = total - logits[token];
  const rank = 1 + logits.reduce((count, logit) => count + (logit > logits[token]), 0);
  return { character: name(token, characters), nats: finite(nats), probability: Math.exp(-nats), rank, expected };
}
