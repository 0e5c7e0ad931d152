"""Evaluation of long lists: on a random sample of their words, or whole, piece by piece."""

from collections.abc import Callable

import numpy as np

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import Index
from moregrad.evaluation.scores import Evaluation, Score, evaluate, sum_by_word
from moregrad.evaluation.surprisal import surprisals
from moregrad.models.model import Model

SAMPLE = 50_000
"""Words of a list that are scored where only a sample is."""

SEED = 0
PIECE = 2**16
"""Words scored at a time, so that memory stays small however long the list."""

Done = Callable[[int], None]


def draw(encoded: EncodedWords, count: int) -> EncodedWords:
    """Returns `count` different words of `encoded`, drawn at random, in their order; always the same ones."""
    # NumPy has frozen RandomState, and may change Generator.
    order = np.random.RandomState(np.random.PCG64(SEED)).permutation(len(encoded))
    return encoded.take(np.sort(order[:count]))


def evaluate_sample(model: Model, encoded: EncodedWords, *, seen: Index, count: int | None = None) -> Evaluation:
    """Scores `count` words of `encoded`, 50,000 by default, as a whole and without the words of `seen`.

    They are drawn at random, always the same ones; a list of no more words is scored whole.
    """
    count = SAMPLE if count is None else count
    if len(encoded) <= count:
        return evaluate(model, encoded, seen=seen)
    return evaluate(model, draw(encoded, count), seen=seen, sampled_from=len(encoded))


def evaluate_whole(model: Model, encoded: EncodedWords, *, seen: Index, done: Done) -> Evaluation:
    """Scores all words of `encoded`, as a whole and without those of `seen`; tells `done` how many have been."""
    totals, new = np.zeros(len(encoded)), np.zeros(len(encoded), bool)
    start = 0
    for piece in encoded.slices(PIECE):
        words = slice(start, start + len(piece))
        totals[words], new[words] = sum_by_word(surprisals(model, piece), piece), ~seen.holds(piece)
        start = words.stop
        done(start)
    sizes = encoded.lengths + 1
    return Evaluation(Score.of(totals, sizes), Score.of(totals[new], sizes[new]))
