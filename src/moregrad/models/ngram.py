"""Counts of what followed the last few symbols, smoothed: the models before gradients."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Self, get_args

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.data.examples import Windows
from moregrad.data.tape import Tape
from moregrad.data.vocabulary import BOUNDARY
from moregrad.errors import ModelError
from moregrad.models.architecture import Architecture
from moregrad.models.counting import count_grams
from moregrad.models.levels import Level, joined
from moregrad.models.model import Model
from moregrad.models.smoothing import Smoothing, smoothed

HIGHEST_ORDER = 10

WORDS = 2**17
"""How many words `log_probabilities` handles at a time."""


class NGramModel(Model):
    """Levels for histories of 0, 1, ... order - 1 symbols; `starts` says where a word begins in each.

    The tables are NumPy arrays, the probabilities in float64, so that `log_probabilities` is exact; JAX computes in
    float32. `jax.device_put(model)` moves them to the device once rather than at every call.
    """

    levels: tuple[Level, ...]
    starts: Int[np.ndarray, " order"]
    architecture: "NGram" = eqx.field(static=True)
    vocab: int = eqx.field(static=True)

    @property
    def lead(self) -> int:
        return max(self.architecture.order - 2, 0)

    def count(self, tape: Tape) -> Self:
        return self.architecture.count(tape, self.vocab)

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch time vocab"]:
        levels, starts = jax.tree.map(jnp.asarray, (self.levels, self.starts))
        places = [jnp.zeros_like(tokens)]
        for level, (start, deeper) in zip(levels, pairwise(starts), strict=False):
            earlier = jnp.full_like(tokens[:, :1], start)
            before = jnp.concatenate([earlier, places[-1][:, :-1]], axis=1)
            places.append(self._moved(level, before, tokens, deeper))
        return self._logits(levels, jnp.stack(places, axis=-1))

    def begin(self, batch: int) -> Int[Array, "batch order"]:
        return jnp.broadcast_to(jnp.asarray(self.starts), (batch, len(self.starts)))

    def advance(
        self, memory: Int[Array, "batch order"], token: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch vocab"], Int[Array, "batch order"]]:
        levels, starts = jax.tree.map(jnp.asarray, (self.levels, self.starts))
        longer = [
            self._moved(level, place, token, start)
            for level, place, start in zip(levels, memory.T, starts[1:], strict=False)
        ]
        memory = jnp.stack([memory[:, 0], *longer], axis=-1)
        return self._logits(levels, memory), memory

    def log_probabilities(self, tape: Tape) -> Float[np.ndarray, " predictions"]:
        """The natural log probability of every character and end of `tape` in float64; -inf for the impossible."""
        cuts = np.append(tape.starts[::WORDS], tape.predictions)
        pieces = [self._probabilities(tape.symbols[start : stop + 1]) for start, stop in pairwise(cuts)]
        with np.errstate(divide="ignore"):
            return np.log(np.concatenate([np.zeros(0), *pieces]))

    def _moved(self, level: Level, place: Array, token: Array, start: Array) -> Array:
        """Where `token` leads; a boundary leads to where a word begins."""
        return jnp.where(token == BOUNDARY, start, level.follow(place, token, self.vocab.bit_length()))

    def _logits(self, levels: tuple[Level, ...], places: Int[Array, "*axes order"]) -> Float[Array, "*axes vocab"]:
        distribution = jnp.full((*places.shape[:-1], self.vocab), 1 / self.vocab)
        for number, level in enumerate(levels):
            distribution = level.refined(places[..., number], distribution)
        return jnp.log(distribution)

    def _probabilities(self, symbols: Int[np.ndarray, " length"]) -> Float[np.ndarray, " length-1"]:
        """The probability of each symbol after the first, which must be a boundary."""
        levels, starts = jax.tree.map(np.asarray, (self.levels, self.starts))
        tokens, targets = symbols[:-1], symbols[1:]
        place = np.zeros(len(tokens), np.int32)
        probability = np.full(len(tokens), 1 / self.vocab)
        for level, start in zip(levels, [*starts[1:], 0], strict=True):
            follower = level.follow(place, targets, self.vocab.bit_length())
            probability = level.gain.value[follower] + level.weight.value[place] * probability
            place = np.where(tokens == BOUNDARY, start, np.append(0, follower[:-1]))
        return probability


@dataclass(frozen=True)
class NGram(Architecture):
    """The next symbol from the last `order` - 1; before its opening boundary a word reads more boundaries.

    `k` is what add-k smoothing adds to every count, and unused by the others.
    """

    name: ClassVar[str] = "ngram"

    order: int = 5
    smoothing: Smoothing = "kneser-ney"
    k: float = 0.1

    def __post_init__(self) -> None:
        if self.order not in range(1, HIGHEST_ORDER + 1):
            raise ModelError(f"order {self.order}: must be a whole number from 1 to {HIGHEST_ORDER}")
        if self.smoothing not in get_args(Smoothing):
            raise ModelError(f"smoothing {self.smoothing!r}: must be one of {', '.join(get_args(Smoothing))}")
        if not 0 <= self.k < math.inf:
            raise ModelError(f"k {self.k}: must be 0 (the bare counts) or more")

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> NGramModel:
        """The model that has counted nothing and holds every symbol equally likely."""
        return self.count(Tape(np.array([BOUNDARY], np.min_scalar_type(vocab - 1))), vocab)

    def examples(self, tape: Tape) -> Windows:
        return Windows.of(tape, max(self.order - 1, 1))

    def count(self, tape: Tape, vocab: int) -> NGramModel:
        """The model of the words of `tape`, whose symbols are all below `vocab`."""
        grams = count_grams(tape, vocab, self.order)
        shares = smoothed(grams, self.smoothing, k=self.k, vocab=vocab)
        starts = np.array([level.start for level in grams[:-1]], np.int32)
        return NGramModel(joined(grams, shares, vocab), starts, self, vocab)
