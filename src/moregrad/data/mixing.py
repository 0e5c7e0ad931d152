"""A mixing function of 64-bit numbers, from which hashes are made."""

import numpy as np
from jaxtyping import UInt64

# Odd constants of SplitMix64 (Steele, Lea, Flood 2014), which spreads every input bit over all 64.
_GOLDEN, _FIRST, _SECOND = (np.uint64(c) for c in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def mix(x: UInt64[np.ndarray, " n"]) -> UInt64[np.ndarray, " n"]:
    """Applies the output function of SplitMix64, a permutation of the 64-bit numbers, to each."""
    x = (x + np.uint64(1)) * _GOLDEN
    x = (x ^ (x >> np.uint64(30))) * _FIRST
    x = (x ^ (x >> np.uint64(27))) * _SECOND
    return x ^ (x >> np.uint64(31))
