"""Long lists: the random sample of their words that is scored, or all of them, piece by piece."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from moregrad.data.encoded_words import EncodedWords
from moregrad.evaluation.surprisal import word_nats
from moregrad.models.model import Model

SAMPLE = 50_000
"""Words of a longer list that are scored."""

SEED = 0
PIECE = 2**16
"""Words scored at a time, so that memory stays small however long the list."""

Done = Callable[[float], None]


def draw(encoded: EncodedWords) -> EncodedWords:
    """Returns 50,000 words of `encoded`, drawn at random and always the same ones; a list of no more words as it is."""
    if len(encoded) <= SAMPLE:
        return encoded
    # NumPy has frozen RandomState, and may change Generator.
    order = np.arange(len(encoded), dtype=np.uint32)
    np.random.RandomState(np.random.PCG64(SEED)).shuffle(order)
    return encoded.take(np.sort(order[:SAMPLE]).astype(np.int64))


def nats_in_pieces(model: Model, encoded: EncodedWords, done: Done) -> Float[np.ndarray, " words"]:
    """Returns the nats of every word of `encoded`; calls `done` now and then with the share of them, from 0 to 1."""
    nats, start = np.zeros(len(encoded)), 0
    done(0.0)
    for piece in encoded.slices(PIECE):
        nats[start : start + len(piece)] = word_nats(model, piece)
        start += len(piece)
        done(start / len(encoded))
    return nats
