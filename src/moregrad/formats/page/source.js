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
 * `signal` is an AbortSignal or left out. A method that cannot answer rejects with an Error whose message is a sentence
 * for the reader, and with an AbortError if it was told to stop.
 *
 * What does not change while a page is open is plain data: `facts`, made by `moregrad.formats.facts.describe(run)`.
 */
