"""The prefixes that a bound cut off, counted by their nats, and the bound of the next round."""

import numpy as np
from jaxtyping import Float64

WIDTH = 1 / 64
"""Nats that are counted together."""
BINS = 2**12


class Cuts:
    """The prefixes of more than `limit` nats."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._counts = np.zeros(BINS, np.int64)
        self._least = np.inf

    def add(self, nats: Float64[np.ndarray, " prefixes"]) -> None:
        """Counts those of `nats` that are above the limit."""
        above = nats[nats > self._limit]
        self._least = min(self._least, float(above.min(initial=np.inf)))
        bins = np.minimum((above - self._limit) / WIDTH, BINS - 1).astype(np.int64)
        self._counts += np.bincount(bins, minlength=BINS)

    @property
    def any(self) -> bool:
        """Whether there are any."""
        return self._least < np.inf

    def next(self, count: int) -> float:
        """Returns the nats within which `count` of those cut off lie, or all if they are fewer."""
        upto = np.cumsum(self._counts)
        reached = int(np.searchsorted(upto, min(count, int(upto[-1]))))
        return max(self._limit + (reached + 1) * WIDTH, self._least)
