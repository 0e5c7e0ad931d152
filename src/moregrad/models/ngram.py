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
from moregrad.layers.layer import Running
from moregrad.models.architecture import Architecture
from moregrad.models.counting import Grams, count_grams
from moregrad.models.model import Model
from moregrad.models.smoothing import Shares, Smoothing, distributions, smoothed
from moregrad.models.trie import NOWHERE, ROOT, Trie

HIGHEST_ORDER = 10

ROOM = 2**22
"""Histories of one length have whole rows if these hold at most so many numbers (16 MiB of float32)."""

WORDS = 2**17
"""How many words `log_probabilities` handles at a time."""


class NGramModel(Model):
    """A trie of n-grams with the gain of each and the weight of every history, as in smoothing.py.

    The first places, as many whole lengths as there is room for, have their distributions in `rows`; those of longer
    histories are put together when asked for. All tables are NumPy arrays, `gain` and `weight` float64, so that
    `log_probabilities` is exact; JAX computes in float32. `jax.device_put(model)` moves them to the device once rather
    than at every call.
    """

    trie: Trie
    gain: Running
    weight: Running
    rows: Running
    architecture: "NGram" = eqx.field(static=True)
    vocab: int = eqx.field(static=True)

    @classmethod
    def of(cls, levels: list[Grams], shares: list[Shares], architecture: "NGram", vocab: int) -> Self:
        """The model of the grams of 0, 1, ... symbols and the shares of their histories."""
        uniform = np.full((1, vocab), 1 / vocab)
        rows = np.concatenate([uniform, *distributions(levels, shares, vocab, room=ROOM)], dtype=np.float32)
        gain = np.concatenate([np.zeros(2), *(share.gain for share in shares)])
        weight = np.concatenate([np.ones(1), *(share.weight for share in shares)])
        return cls(Trie.of(levels), Running(gain), Running(weight), Running(rows), architecture, vocab)

    @property
    def lead(self) -> int:
        return max(self.architecture.order - 2, 0)

    def count(self, tape: Tape) -> Self:
        return self.architecture.count(tape, self.vocab)

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch time vocab"]:
        model = jax.tree.map(jnp.asarray, self)

        def step(memory: Int[Array, "batch order"], token: Int[Array, " batch"]) -> tuple[Array, Array]:
            return (memory := model._moved(memory, token)), memory

        _, places = jax.lax.scan(step, self.begin(len(tokens)), tokens.T)
        return model._logits(places.swapaxes(0, 1))

    def begin(self, batch: int) -> Int[Array, "batch order"]:
        return jnp.broadcast_to(jnp.asarray(self.trie.starts), (batch, self.architecture.order))

    def advance(
        self, memory: Int[Array, "batch order"], token: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch vocab"], Int[Array, "batch order"]]:
        model = jax.tree.map(jnp.asarray, self)
        memory = model._moved(memory, token)
        return model._logits(memory), memory

    def log_probabilities(self, tape: Tape) -> Float[np.ndarray, " predictions"]:
        """The natural log probability of every character and end of `tape` in float64; -inf for the impossible."""
        model = jax.tree.map(np.asarray, self)
        cuts = np.append(tape.starts[::WORDS], tape.predictions)
        pieces = [model._probabilities(tape.symbols[start : stop + 1]) for start, stop in pairwise(cuts)]
        with np.errstate(divide="ignore"):
            return np.log(np.concatenate([np.zeros(0), *pieces]))

    def _probabilities(self, symbols: Int[np.ndarray, " length"]) -> Float[np.ndarray, " length-1"]:
        probability = np.full(len(symbols) - 1, 1 / self.vocab)
        for place, follower in self.trie.walk(symbols, self.vocab):
            probability = self.gain.value[follower] + self.weight.value[place] * probability
        return probability

    def _moved(self, memory: Int[Array, "batch order"], token: Int[Array, " batch"]) -> Int[Array, "batch order"]:
        """The places of the histories of 0, 1, ... symbols that end with `token`; a boundary begins a word."""
        longer = self.trie.follow(memory[:, :-1], token[:, None], self.vocab)
        return jnp.where(token[:, None] == BOUNDARY, self.trie.starts, jnp.pad(longer, ((0, 0), (1, 0)), constant_values=ROOT))

    def _logits(self, places: Int[Array, "*axes order"]) -> Float[Array, "*axes vocab"]:
        rows = self.rows.value
        logits = rows[jnp.where(places < len(rows), places, NOWHERE).max(axis=-1)]
        every_history_has_a_row = len(rows) == len(self.weight.value)
        return logits if every_history_has_a_row else jnp.log(self._lengthened(jnp.exp(logits), places))

    def _lengthened(
        self, distribution: Float[Array, "*axes vocab"], places: Int[Array, "*axes order"]
    ) -> Float[Array, "*axes vocab"]:
        """Distributions after the longest histories from those after the longest that have rows."""

        def longer(length: Int[Array, ""], distribution: Float[Array, "*axes vocab"]) -> Float[Array, "*axes vocab"]:
            place = places[..., length]
            return self.weight.value[place][..., None] * distribution + self._gains(place)

        shortest = jnp.sum(self.trie.starts < len(self.rows.value))
        return jax.lax.fori_loop(shortest, places.shape[-1], longer, distribution)

    def _gains(self, place: Int[Array, "*axes"]) -> Float[Array, "*axes vocab"]:
        """The gain of every symbol after the histories at `place`: of their followers, and 0 for the others."""
        follower = self.trie.first[place][..., None] + jnp.arange(self.vocab)
        met = follower < self.trie.first[place + 1][..., None]
        symbol = jnp.where(met, self.trie.symbol.take(follower, mode="clip").astype(jnp.int32), self.vocab)
        gain = self.gain.value.take(follower, mode="clip")
        return jnp.put_along_axis(jnp.zeros_like(gain), symbol, gain, axis=-1, mode="drop", inplace=False)


@dataclass(frozen=True)
class NGram(Architecture):
    """The next symbol from the last `order` - 1; before its opening boundary a word reads more boundaries.

    `k` is what add-k smoothing adds to every count; the others do without.
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
        levels = count_grams(tape, vocab, self.order)
        return NGramModel.of(levels, smoothed(levels, self.smoothing, k=self.k, vocab=vocab), self, vocab)
