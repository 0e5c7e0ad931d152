"""The prefixes that a limit cut off, and the limit of the next round."""

from typing import Any

import jax
import numpy as np

from moregrad.sampling.prefixes import Pair, Prefixes

WIDTH = 1 / 64
"""Nats that are counted together."""
BINS = 2**12
MEMORY = 2**27
"""Bytes of prefixes and their states that are kept."""


class Cuts:
    """Prefixes of more than `limit` nats, counted by their nats, and kept as long as they take little memory.

    `kept` are all of them with their states, or None if they take more.
    """

    def __init__(self, limit: float, *, memory: int) -> None:
        self.limit = limit
        self.kept: list[Pair] | None = []
        self._counts = np.zeros(BINS, np.int64)
        self._least = np.inf
        self._room = memory

    def add(self, prefixes: Prefixes, states: Any) -> None:
        """Takes up prefixes above the limit."""
        if not len(prefixes):
            return
        self._least = min(self._least, float(prefixes.nats.min()))
        bins = np.minimum((prefixes.nats - self.limit) / WIDTH, BINS - 1).astype(np.int64)
        self._counts += np.bincount(bins, minlength=BINS)
        self._room -= prefixes.nbytes + sum(leaf.nbytes for leaf in jax.tree.leaves(states))
        if self._room < 0:
            self.kept = None
        elif self.kept is not None:
            self.kept.append((prefixes, states))

    @property
    def any(self) -> bool:
        """True if there are any."""
        return self._least < np.inf

    def next(self, count: int) -> float:
        """Returns the nats within which `count` of those cut off lie, or all if they are fewer."""
        upto = np.cumsum(self._counts)
        reached = int(np.searchsorted(upto, min(count, int(upto[-1]))))
        return max(self.limit + (reached + 1) * WIDTH, self._least)
