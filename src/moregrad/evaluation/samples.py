"""Evaluation of long lists: on a random sample of their words, or whole, piece by piece."""

from collections.abc import Callable

import numpy as np

from moregrad.data.encoded_words import EncodedWords
from moregrad.evaluation.scores import Scored
from moregrad.evaluation.surprisal import word_nats
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


def score_sample(model: Model, encoded: EncodedWords, *, count: int | None = None) -> Scored:
    """Scores `count` words of `encoded`, 50,000 by default, drawn at random, always the same ones.

    A list of no more words is scored whole.
    """
    count = SAMPLE if count is None else count
    if len(encoded) <= count:
        return Scored(encoded, word_nats(model, encoded))
    drawn = draw(encoded, count)
    return Scored(drawn, word_nats(model, drawn), len(encoded))


def score_whole(model: Model, encoded: EncodedWords, *, done: Done) -> Scored:
    """Scores all words of `encoded`; tells `done` how many have been."""
    nats = np.zeros(len(encoded))
    start = 0
    for piece in encoded.slices(PIECE):
        nats[start : start + len(piece)] = word_nats(model, piece)
        start += len(piece)
        done(start)
    return Scored(encoded, nats)
