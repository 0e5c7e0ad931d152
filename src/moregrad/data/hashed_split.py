"""Parts of a list decided by each word's own hash: the same whatever its order, its files or the machines it is on."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from jaxtyping import UInt8, UInt64

from moregrad.data.code_points import SLICE
from moregrad.data.mixing import mix
from moregrad.errors import DataError

TRAIN, VALIDATION, TEST = range(3)
SHARES = (0.8, 0.1, 0.1)

_COMMON = 64
"""Places in a word whose 256 possible bytes have their mixed values in a table."""

_TABLE = mix(np.arange(_COMMON * 256, dtype=np.uint64))


def hash_text(words: pl.Series) -> UInt64[np.ndarray, " words"]:
    """Hashes each word to 64 bits, from its bytes in UTF-8 alone: a value that no version and no machine changes.

    Each byte adds a random number of its place and value (tabulation hashing; Zobrist 1970, Carter and Wegman 1979), so
    that among n different words n^2 / 2^65 pairs are expected to share a hash: 3e-4 among 10^8.
    """
    hashes = np.empty(len(words), np.uint64)
    for start in range(0, len(words), SLICE):
        part = words.slice(start, SLICE)
        joined = np.frombuffer((part.str.join("\n").item() + "\n").encode(), np.uint8)
        ends = np.cumsum(part.str.len_bytes().to_numpy().astype(np.int64) + 1)
        hashes[start : start + len(part)] = _hash_bytes(joined, ends)
    return mix(hashes)


def part_of(
    hashes: UInt64[np.ndarray, " words"], *, seed: int = 0, shares: Sequence[float] = SHARES
) -> UInt8[np.ndarray, " words"]:
    """Returns the part of each word, given by its hash: 0 for train, 1 for validation, 2 for test.

    Words fall into the parts at random by `shares`, so that sizes are only nearly as asked; another `seed` deals them
    anew. Raises DataError for shares that are not three of 0 or more that add up to one, and for a negative seed.
    """
    if len(shares) != 3 or min(shares) < 0 or abs(sum(shares) - 1) > 1e-9:
        raise DataError(f"shares {tuple(shares)}: must be three of 0 or more that add up to 1, such as {SHARES}")
    if seed < 0:
        raise DataError(f"seed {seed}: must be 0 or more")
    # The upper half decides, in which every bit depends on all those of the hash and the seed.
    dealt = (mix(hashes ^ mix(np.array([seed % 2**64], np.uint64))) >> np.uint64(32)).astype(np.float64) / 2**32
    return np.searchsorted(np.cumsum(shares[:2]), dealt, side="right").astype(np.uint8)


def _hash_bytes(text: UInt8[np.ndarray, " length"], ends: np.ndarray) -> UInt64[np.ndarray, " words"]:
    """Adds up the numbers of the bytes of each word, its end among them; word i stops before `ends[i]`."""
    starts = np.concatenate([[0], ends[:-1]])
    place = np.arange(len(text)) - np.repeat(starts, ends - starts)
    key = place * 256 + text
    values = _TABLE.take(key, mode="clip")
    if (rare := np.flatnonzero(place >= _COMMON)).size:
        values[rare] = mix(key[rare].astype(np.uint64))
    return np.add.reduceat(values, starts)
