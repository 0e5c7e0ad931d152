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
from moregrad.errors import ModelError
from moregrad.ngrams.counting import ABSENT, Grams

MISSING, ROOT = 0, 1

Nodes = Int[Array | np.ndarray, "*axes"]
Tokens = Integer[Array | np.ndarray, "*#axes"]


class Trie(eqx.Module):
    """Numbered nodes, one per n-gram: 0 is missing, 1 the empty n-gram, then those of one token, of two, and so on.

    The children of node i are the nodes from `first[i]` up to, not including, `first[i + 1]`, in increasing order of
    the `token` that leads to each; the missing node has none. `starts` holds the nodes of the histories of 0, 1, ...
    tokens with which a word begins: none and the boundary. Only nodes of histories have an entry in `first`, so memory
    is proportional to the number of n-grams.
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
        begun = zip(offsets, levels[:-1], strict=False)
        starts = [MISSING if grams.start == ABSENT else offset + grams.start for offset, grams in begun]
        return cls(first.astype(np.int32), token, np.array(starts, np.int32))

    @classmethod
    def checked(cls, first: np.ndarray, token: np.ndarray, starts: np.ndarray, *, order: int, vocab: int) -> "Trie":
        """Returns the trie of these arrays; raises ModelError if they are none of this `order` and `vocab`."""
        typed = first.dtype == starts.dtype == np.int32 and token.dtype == np.min_scalar_type(vocab - 1)
        shaped = first.ndim == token.ndim == 1 and starts.shape == (order,) and len(first) > ROOT + 1
        if not (typed and shaped):
            raise ModelError("its trie of counts is of the wrong type or shape")
        ordered = first[0] == first[1] and (np.diff(first) >= 0).all() and first[-1] == len(token)
        # Children come after their parents, so that going down ends.
        deeper = (first[1:-1] > np.arange(1, len(first) - 1)).all()
        known = (token < vocab).all() and (starts >= 0).all() and (starts < len(first) - 1).all()
        if not (ordered and deeper and known):
            raise ModelError("its trie of counts leads to nodes that do not exist")
        return cls(first, token, starts)

    def children(self, nodes: range) -> tuple[Int[np.ndarray, " children"], slice]:
        """Returns the index in `nodes`, all histories, of each child's parent, and the nodes of the children."""
        bounds = self.first[nodes.start : nodes.stop + 1]
        return np.repeat(np.arange(len(nodes)), np.diff(bounds)), slice(int(bounds[0]), int(bounds[-1]))

    def most_followers(self) -> list[int]:
        """Returns the most children that any history of 0, 1, ... tokens has; 0 where there is none. NumPy only."""
        nodes, most = range(ROOT, ROOT + 1), []
        for _ in self.starts:
            most.append(int(np.diff(self.first[nodes.start : nodes.stop + 1]).max(initial=0)))
            nodes = range(*(int(self.first[min(bound, len(self.first) - 1)]) for bound in (nodes.start, nodes.stop)))
        return most

    def levels(self, vocab: int) -> Iterator[tuple[range, Nodes]]:
        """Yields the histories of 0, 1, ... tokens, and the node of each without its first token. NumPy only.

        Raises ModelError for a trie that lacks one of them.
        """
        nodes, suffix = range(ROOT, ROOT + 1), np.array([MISSING])
        while nodes and nodes.stop < len(self.first):
            yield nodes, suffix
            parent, child = self.children(nodes)
            suffix = (
                self.follow(suffix[parent], self.token[child], vocab)
                if nodes.start > ROOT
                else np.full(len(parent), ROOT)
            )
            if np.any(suffix == MISSING):
                raise ModelError("its trie of counts has a history whose last tokens it has not")
            nodes = range(child.start, child.stop)

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
