"""A trie of n-grams in flat arrays: a history is a node, and the next token leads to another node."""

from collections.abc import Callable, Iterator
from functools import reduce
from itertools import pairwise

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Int, Integer, UInt

from moregrad.data.vocabulary import BOUNDARY
from moregrad.ngrams.counting import Grams

MISSING, ROOT = 0, 1

Nodes = Int[Array | np.ndarray, "*axes"]
Tokens = Integer[Array | np.ndarray, "*#axes"]


class Trie(eqx.Module):
    """Numbered nodes, one per n-gram: 0 is missing, 1 the empty n-gram, then those of one token, of two, and so on.

    The children of node i are the nodes from `first[i]` up to, not including, `first[i + 1]`, in increasing order of
    the `token` that leads to each; the missing node has none. `starts` holds the nodes of the histories of 0, 1, ...
    tokens from which a word begins: the root, the boundary, and MISSING for longer ones. Only nodes of histories have
    an entry in `first`, so memory is proportional to the number of n-grams.
    """

    first: Int[Array | np.ndarray, " bounds"]
    token: UInt[Array | np.ndarray, " nodes"]
    starts: Int[Array | np.ndarray, " order"]

    @classmethod
    def of(cls, levels: list[Grams]) -> "Trie":
        """Builds the trie of the n-grams of 0, 1, ... tokens, as `count_grams` returns them."""
        offsets = ROOT + np.cumsum([0, *map(len, levels)])
        children = [
            offset + np.searchsorted(grams.history, np.arange(len(histories)))
            for offset, (histories, grams) in zip(offsets[1:], pairwise(levels), strict=False)
        ]
        first = np.concatenate([offsets[1:2], *children, offsets[-1:]])
        token = np.concatenate([np.zeros_like(levels[0].token), *(grams.token for grams in levels)])
        starts = [
            MISSING if grams.start is None else at + grams.start for at, grams in zip(offsets, levels, strict=False)
        ]
        return cls(first.astype(np.int32), token, np.array(starts[: len(children)], np.int32))

    def follow(self, node: Nodes, token: Tokens, vocab: int) -> Nodes:
        """Returns the child of `node` that `token` leads to, or MISSING; NumPy or JAX, whichever the trie is in."""
        end, steps = self.first[node + 1], vocab.bit_length()
        where = np.where if isinstance(self.first, np.ndarray) else jnp.where

        def bisect(done: Int[Array, ""] | int, low: Nodes) -> Nodes:
            ahead = low + (1 << (steps - 1 - done))
            return where((ahead <= end) & (self.token.take(ahead - 1, mode="clip") < token), ahead, low)

        child = _repeat(bisect, steps, self.first[node])
        return where((child < end) & (self.token.take(child, mode="clip") == token), child, MISSING)

    def walk(self, tokens: UInt[np.ndarray, " length"], vocab: int) -> Iterator[tuple[Nodes, Nodes]]:
        """Yields the nodes before each token but the first and their children, for histories of 0, 1, ... tokens.

        The first token must be a boundary. NumPy only.
        """
        opening = tokens[:-1] == BOUNDARY
        node = np.full(len(opening), ROOT, np.int32)
        for start in [*self.starts[1:], MISSING]:
            child = self.follow(node, tokens[1:], vocab)
            yield node, child
            node = np.where(opening, start, np.roll(child, 1))


def _repeat(step: Callable[..., Nodes], times: int, state: Nodes) -> Nodes:
    """Applies `step` so many times; as a loop under JAX too, since unrolled it takes seconds to compile."""
    if not isinstance(state, np.ndarray):
        return jax.lax.fori_loop(0, times, step, state)
    return reduce(lambda state, done: step(done, state), range(times), state)
