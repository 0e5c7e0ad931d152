"""Exact draws of wanted words from counts."""

from collections.abc import Iterator
from itertools import count

import numpy as np
from jaxtyping import Float, Float64, Int, Int32

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import BOUNDARY
from moregrad.models.ngram import NGramModel
from moregrad.sampling.draws import Draws
from moregrad.sampling.look_ahead import LookAhead
from moregrad.sampling.product import BEGUN, ENDED

BATCH = 1024


def draw_exactly(model: NGramModel, ahead: LookAhead, *, seed: int, part: int = 0) -> Iterator[Draws]:
    """Yields batches of wanted words without end; none if each of them is impossible.

    `ahead` must have looked ahead with all n-grams of `model`.
    """
    if ahead.is_impossible:
        return
    for number in count():
        ids = draw_words(ahead, BATCH, random=np.random.default_rng([seed, number, part]))
        yield Draws(BATCH, ids, _surprisal(model, ids))


def draw_words(ahead: LookAhead, count: int, *, random: np.random.Generator) -> Int32[np.ndarray, "count time"]:
    """Draws `count` words, padded with boundaries, from the distribution of wanted words that `ahead` looked through.

    At least one wanted word must have a probability.
    """
    words = np.full((count, len(ahead.pairs)), BOUNDARY, np.int32)
    pair, going = np.full(count, BEGUN, np.int32), np.arange(count)
    for length in range(len(ahead.pairs)):
        token = _draw(ahead.weigh(pair[going], length, ahead.at(length + 1)), random)
        words[going, length] = token
        pair[going] = ahead.product.after[pair[going], token]
        going = going[pair[going] != ENDED]
    return words


def _draw(p: Float[np.ndarray, "count vocab"], random: np.random.Generator) -> Int32[np.ndarray, " count"]:
    """Draws one token per row, in proportion to `p`, by inversion of the cumulative sum."""
    reached = np.where(p > 0, np.cumsum(p, axis=1), 0)
    mark = random.random((len(p), 1)) * reached.max(axis=1, keepdims=True)
    return np.argmax(reached > mark, axis=1).astype(np.int32)


def _surprisal(model: NGramModel, ids: Int[np.ndarray, "words time"]) -> Float64[np.ndarray, " words"]:
    """Returns the surprisal of each word in nats, its end included."""
    ended = np.pad(ids, ((0, 0), (0, 1)))
    kept = ended != BOUNDARY
    kept[:, -1] = True
    tokens = np.concatenate([[BOUNDARY], ended[kept]])
    encoded = EncodedWords(tokens.astype(np.min_scalar_type(model.vocab - 1)))
    return -np.add.reduceat(model.log_probabilities(encoded), encoded.starts)
