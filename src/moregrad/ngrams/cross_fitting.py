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
from moregrad.data.stored_words import StoredWords
from moregrad.ngrams.counted import table_of
from moregrad.ngrams.counting import Grams, count_grams
from moregrad.ngrams.gram_table import count_table
from moregrad.ngrams.pruning import reserve
from moregrad.ngrams.smoothing import Smoothing, join, smooth
from moregrad.ngrams.table_smoothing import smooth_table
from moregrad.ngrams.trie import MISSING, ROOT, Nodes, Trie

ROOM = 2**22
"""The most probabilities interpolated at a time: some five arrays of as many numbers are needed on the way."""


@dataclass(frozen=True, eq=False)
class Lookup:
    """The probabilities by counts of one order at every prediction, and the weight of each history, 1 if unknown."""

    probability: Float[np.ndarray, "predictions vocab"]
    weights: Float[np.ndarray, "predictions order"]


def cross_fit(
    encoded: EncodedWords,
    vocab: int,
    orders: Sequence[int],
    smoothing: Smoothing,
    *,
    folds: int,
    used: int,
    prune: Sequence[int] = (),
) -> tuple[EncodedWords, list[Lookup]]:
    """Deals words into `folds` and looks up those of the first `used` in counts of all words but their fold's.

    Returns these words, and what the counts of each of `orders` say of every prediction of them. All copies of a word
    are in the same fold.
    """
    if isinstance(encoded, StoredWords):
        return _cross_fit_stored(encoded, vocab, orders, smoothing, folds=folds, used=used, prune=prune)
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
            smoothed = smooth(others[: order + 1], smoothing, k=0, vocab=vocab)
            gain, weight = join(reserve(others, smoothed, prune) if prune else smoothed)
            histories = [history for history, _ in nodes[:order]]
            _look_up(lookup, chosen, trie, histories, gain, weight)
    return words, found


def _cross_fit_stored(
    encoded: StoredWords,
    vocab: int,
    orders: Sequence[int],
    smoothing: Smoothing,
    *,
    folds: int,
    used: int,
    prune: Sequence[int],
) -> tuple[EncodedWords, list[Lookup]]:
    """Does the same with counts on disk, from which those of one fold after the other are taken."""
    table, parts, owners = table_of(encoded, vocab, max(orders)), [], []
    for piece in encoded.pieces():
        owner = hash_words(piece) % np.uint64(folds)
        parts.append(piece.take(np.flatnonzero(owner < used)))
        owners.append(owner[owner < used])
    words, owner = EncodedWords.join(parts), np.concatenate(owners)
    of_prediction = np.repeat(owner, words.lengths + 1)
    found = [_blank(words.predictions, vocab, order) for order in orders]
    for fold in range(used):
        own = words.take(np.flatnonzero(owner == fold))
        others = table.without(count_table([own], vocab, max(orders)))
        levels, smoothed = smooth_table(others, orders, smoothing, prune=prune)
        trie = Trie.of(levels)
        histories = [history for history, _ in trie.walk(own.tokens, vocab)]
        for order, lookup in zip(orders, found, strict=True):
            _look_up(lookup, np.flatnonzero(of_prediction == fold), trie, histories[:order], *join(smoothed[order]))
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
    """Interpolates at the `chosen` predictions, some at a time."""
    vocab = lookup.probability.shape[1]
    for start in range(0, len(chosen), max(ROOM // vocab, 1)):
        some = slice(start, start + max(ROOM // vocab, 1))
        nodes = [node[some] for node in histories]
        lookup.probability[chosen[some]] = _interpolate(trie, nodes, gain, weight, vocab)
        lookup.weights[chosen[some]] = np.stack([weight[node] for node in nodes], axis=1)


def _interpolate(
    trie: Trie,
    histories: Sequence[Nodes],
    gain: Float[np.ndarray, " nodes"],
    weight: Float[np.ndarray, " histories"],
    vocab: int,
) -> Float[np.ndarray, "predictions vocab"]:
    """Interpolates from the shortest history to the longest."""
    probability = np.full((len(histories[0]), vocab), 1 / vocab)
    for node in histories:
        probability *= weight[node, None]
        count = trie.first[node + 1] - trie.first[node]
        row = np.repeat(np.arange(len(node)), count)
        child = np.arange(len(row)) + np.repeat(trie.first[node] - np.cumsum(count) + count, count)
        probability[row, trie.token[child]] += gain[child]
    return probability
