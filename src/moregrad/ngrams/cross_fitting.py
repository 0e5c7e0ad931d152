"""Cross-fitted counts: each word is looked up in counts that were made without it.

Counts know the words that they have counted by heart, and a network beside them would learn to trust them blindly. So
the words are dealt into folds, and each fold is looked up in counts of all the others.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from jaxtyping import Float, Int

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import hash_words
from moregrad.ngrams.counting import Grams, count_grams
from moregrad.ngrams.smoothing import Smoothing, join, smooth
from moregrad.ngrams.trie import MISSING, ROOT, Nodes, Trie

ROOM = 2**22
"""The most probabilities interpolated at a time: some five arrays of as many numbers are needed on the way."""


@dataclass(frozen=True, eq=False)
class Lookup:
    """The probabilities by counts of one order at every prediction, and the weight of each history, 1 if unknown."""

    probability: Float[np.ndarray, "predictions vocab"]
    weights: Float[np.ndarray, "predictions order"]


def cross_fit(
    encoded: EncodedWords, vocab: int, orders: Sequence[int], smoothing: Smoothing, *, folds: int, used: int
) -> tuple[EncodedWords, list[Lookup]]:
    """Deals words into `folds` and looks up those of the first `used` in counts of all words but their fold's.

    Returns these words, and what the counts of each of `orders` say of every prediction of them. All copies of a word
    are in the same fold.
    """
    levels = count_grams(encoded, vocab, max(orders))
    trie = Trie.of(levels)
    offsets = list(accumulate(map(len, levels), initial=ROOT))
    owner = hash_words(encoded) % np.uint64(folds)
    words, owner = encoded.take(np.flatnonzero(owner < used)), owner[owner < used]
    walked = list(trie.walk(words.tokens, vocab))
    owner = np.repeat(owner, words.lengths + 1)
    found = [_blank(words.predictions, vocab, order) for order in orders]
    for fold in range(used):
        chosen = np.flatnonzero(owner == fold)
        nodes = [(history[chosen], child[chosen]) for history, child in walked]
        others = _leave_out(levels, [child for _, child in nodes], offsets)
        for order, lookup in zip(orders, found, strict=True):
            gain, weight = join(smooth(others[: order + 1], smoothing, k=0, vocab=vocab))
            histories = [history for history, _ in nodes[:order]]
            for start in range(0, len(chosen), max(ROOM // vocab, 1)):
                some = slice(start, start + max(ROOM // vocab, 1))
                _look_up(lookup, chosen[some], trie, [node[some] for node in histories], gain, weight)
    return words, found


def _blank(predictions: int, vocab: int, order: int) -> Lookup:
    return Lookup(np.empty((predictions, vocab), np.float32), np.empty((predictions, order), np.float32))


def _leave_out(levels: list[Grams], children: Sequence[Nodes], offsets: list[int]) -> list[Grams]:
    """Returns `levels` without one count for each of the `children`, nodes of n-grams of 1, 2, ... tokens."""
    empty = dataclasses.replace(levels[0], count=levels[0].count - len(children[0]))
    rest = zip(levels[1:], children, offsets[1:], strict=False)
    return [empty, *(_subtract(grams, child, offset) for grams, child, offset in rest)]


def _subtract(grams: Grams, child: Nodes, offset: int) -> Grams:
    fewer = np.bincount(child[child != MISSING] - offset, minlength=len(grams))
    return dataclasses.replace(grams, count=grams.count - fewer)


def _look_up(
    lookup: Lookup,
    chosen: Int[np.ndarray, " chosen"],
    trie: Trie,
    histories: Sequence[Nodes],
    gain: Float[np.ndarray, " nodes"],
    weight: Float[np.ndarray, " histories"],
) -> None:
    """Interpolates from the shortest history to the longest at the `chosen` predictions."""
    vocab = lookup.probability.shape[1]
    probability = np.full((len(histories[0]), vocab), 1 / vocab)
    for node in histories:
        probability *= weight[node, None]
        count = trie.first[node + 1] - trie.first[node]
        row = np.repeat(np.arange(len(node)), count)
        child = np.arange(len(row)) + np.repeat(trie.first[node] - np.cumsum(count) + count, count)
        probability[row, trie.token[child]] += gain[child]
    lookup.probability[chosen] = probability
    lookup.weights[chosen] = np.stack([weight[node] for node in histories], axis=1)
