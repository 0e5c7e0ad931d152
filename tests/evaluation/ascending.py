"""A model of counts that can make seven words and no others, so that sums over all words are sums over these."""

import math

import jax.random as jr

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.models.ngram import NGram

LETTERS = Vocabulary("abc")
POSSIBLE = ["a", "b", "c", "ab", "ac", "bc", "abc"]
"""All words whose letters ascend: unsmoothed counts of pairs allow no others."""
COUNTED = EncodedWords.of(["a", "b", "c", "ab", "ac", "bc"], LETTERS)
MODEL = NGram(order=2, smoothing="add-k", k=0.0).build(4, 4, key=jr.key(0)).count(COUNTED)

NEXT = {".": {"a": 3 / 6, "b": 2 / 6, "c": 1 / 6}, "a": {".": 1 / 3, "b": 1 / 3, "c": 1 / 3}}
NEXT |= {"b": {".": 2 / 3, "c": 1 / 3}, "c": {".": 1}}


def nats(word: str) -> float:
    """The surprisal of `word`, multiplied by hand from the counts of pairs."""
    pairs = zip("." + word, word + ".", strict=True)
    return -math.log(math.prod(NEXT[first].get(second, 0) for first, second in pairs))


PROBABILITY = {word: math.exp(-nats(word)) for word in POSSIBLE}
