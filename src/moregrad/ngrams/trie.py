"""The n-grams of all lengths in one numbering, so that a history is a number and the next token leads to another."""

from collections.abc import Callable, Iterator
from functools import reduce
from itertools import pairwise
from typing import Self

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Int, Integer, UInt

from moregrad.data.vocabulary import BOUNDARY
from moregrad.ngrams.counting import Grams

NOWHERE, ROOT = 0, 1

Places = Int[Array | np.ndarray, "*axes"]
Symbols = Integer[Array | np.ndarray, "*#axes"]


class Trie(eqx.Module):
    """Places of n-grams: 0 is nowhere, 1 the empty one, then those of one token, of two, and so on.

    The followers of place i are the places from `first[i]` to before `first[i + 1]`, in increasing order of the
    `token` that leads there; nowhere has none. `starts` are the places of histories of 0, 1, ... boundaries, where a
    word begins. Only places of histories have an entry in `first`, so memory goes with the number of n-grams.
    """

    first: Int[Array | np.ndarray, " bounds"]
    token: UInt[Array | np.ndarray, " places"]
    starts: Int[Array | np.ndarray, " order"]

    @classmethod
    def of(cls, levels: list[Grams]) -> Self:
        """The trie of the grams of 0, 1, ... tokens."""
        offsets = ROOT + np.cumsum([0, *map(len, levels)])
        followers = [
            offset + np.searchsorted(grams.history, np.arange(len(histories)))
            for offset, (histories, grams) in zip(offsets[1:], pairwise(levels), strict=False)
        ]
        first = np.concatenate([offsets[1:2], *followers, offsets[-1:]])
        token = np.concatenate([np.zeros_like(levels[0].token), *(grams.token for grams in levels)])
        starts = offsets[: len(followers)] + [grams.start for grams in levels[:-1]]
        return cls(first.astype(np.int32), token, starts.astype(np.int32))

    def follow(self, place: Places, token: Symbols, vocab: int) -> Places:
        """Where `token` leads from `place`, found by bisection; NumPy or JAX, as the trie is."""
        end, steps = self.first[place + 1], vocab.bit_length()
        where = np.where if isinstance(self.first, np.ndarray) else jnp.where

        def step(done: Int[Array, ""] | int, low: Places) -> Places:
            ahead = low + (1 << (steps - 1 - done))
            return where((ahead <= end) & (self.token.take(ahead - 1, mode="clip") < token), ahead, low)

        found = _repeated(step, steps, self.first[place])
        return where((found < end) & (self.token.take(found, mode="clip") == token), found, NOWHERE)

    def walk(self, tokens: UInt[np.ndarray, " length"], vocab: int) -> Iterator[tuple[Places, Places]]:
        """The places of histories of 0, 1, ... tokens before each token but the first, and the places it leads to.

        The first token must be a boundary. NumPy.
        """
        opening = tokens[:-1] == BOUNDARY
        place = np.full(len(opening), ROOT, np.int32)
        for start in [*self.starts[1:], NOWHERE]:
            follower = self.follow(place, tokens[1:], vocab)
            yield place, follower
            place = np.where(opening, start, np.roll(follower, 1))


def _repeated(step: Callable[..., Places], times: int, start: Places) -> Places:
    """`start` after so many steps; a loop in the compiled program too, which unrolled would take seconds to compile."""
    if not isinstance(start, np.ndarray):
        return jax.lax.fori_loop(0, times, step, start)
    return reduce(lambda state, done: step(done, state), range(times), start)
