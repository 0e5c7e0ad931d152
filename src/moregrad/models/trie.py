"""The n-grams of all lengths in one numbering, so that a history is a number and the next symbol leads to another."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Self

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Int

from moregrad.data.vocabulary import BOUNDARY
from moregrad.models.counting import Grams

NOWHERE, ROOT = 0, 1


class Trie(eqx.Module):
    """Places of n-grams: 0 is nowhere, 1 the empty one, then those of one symbol, of two, and so on.

    The followers of place i are the places from `first[i]` to before `first[i + 1]`, in increasing order of the
    `symbol` that leads there; nowhere has none. `starts` are the places of histories of 0, 1, ... boundaries, where a
    word begins. Only places of histories have an entry in `first`, so memory goes with the number of n-grams.
    """

    first: Int[Array | np.ndarray, " histories+1"]
    symbol: Int[Array | np.ndarray, " places"]
    starts: Int[Array | np.ndarray, " order"]

    @classmethod
    def of(cls, levels: list[Grams]) -> Self:
        """The trie of the grams of 0, 1, ... symbols."""
        offsets = ROOT + np.cumsum([0, *map(len, levels)])
        followers = [
            offset + np.searchsorted(grams.history, np.arange(len(histories)))
            for offset, (histories, grams) in zip(offsets[1:], pairwise(levels), strict=False)
        ]
        first = np.concatenate([offsets[1:2], *followers, offsets[-1:]])
        symbol = np.concatenate([np.zeros_like(levels[0].symbol), *(grams.symbol for grams in levels)])
        starts = offsets[: len(followers)] + [grams.start for grams in levels[:-1]]
        return cls(first.astype(np.int32), symbol, starts.astype(np.int32))

    def follow(self, place: Int[Array, "*axes"], symbol: Int[Array, "*axes"], vocab: int) -> Int[Array, "*axes"]:
        """Where `symbol` leads from `place`, found by bisection; compiled."""
        end = self.first[place + 1]
        steps = vocab.bit_length()

        def step(done: int, low: Int[Array, "*axes"]) -> Int[Array, "*axes"]:
            ahead = low + (1 << (steps - 1 - done))
            return jnp.where((ahead <= end) & (self.symbol[ahead - 1] < symbol), ahead, low)

        found = jax.lax.fori_loop(0, steps, step, self.first[place])
        return jnp.where((found < end) & (self.symbol[found] == symbol), found, NOWHERE)

    def walk(self, symbols: Int[np.ndarray, " length"], vocab: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Of histories of 0, 1, ... symbols: their places before each symbol but the first, and its own as a follower.

        The first symbol must be a boundary. NumPy.
        """
        known = np.repeat(np.arange(len(self.first) - 1), np.diff(self.first)) * vocab + self.symbol[ROOT + 1 :]
        opening = symbols[:-1] == BOUNDARY
        place = np.full(len(opening), ROOT)
        for start in [*self.starts[1:], NOWHERE]:
            wanted = place * vocab + symbols[1:]
            found = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
            follower = np.where(known[found] == wanted, found + ROOT + 1, NOWHERE)
            yield place, follower
            place = np.where(opening, start, np.roll(follower, 1))
