"""Which words of one list stand in another, for lists of any length."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Bool, UInt64

from moregrad.data.encoded_words import EncodedWords

NEW = "new"

# Odd constants of SplitMix64 (Steele, Lea, Flood 2014), which spreads every input bit over all 64.
_GOLDEN, _FIRST, _SECOND = (np.uint64(c) for c in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def fingerprints(encoded: EncodedWords) -> UInt64[np.ndarray, " words"]:
    """A 64-bit number per word, the same for the same word.

    In one list of ten million words out of some 10^5 do two different words agree by chance.
    """
    if not len(encoded):
        return np.zeros(0, np.uint64)
    place = np.arange(len(encoded.tokens) - 1) - np.repeat(encoded.starts, encoded.lengths + 1)
    mixed = _mixed(_mixed(place.astype(np.uint64)) + encoded.tokens[:-1].astype(np.uint64))
    return np.add.reduceat(mixed, encoded.starts)


def _mixed(x: UInt64[np.ndarray, " n"]) -> UInt64[np.ndarray, " n"]:
    x = (x + np.uint64(1)) * _GOLDEN
    x = (x ^ (x >> np.uint64(30))) * _FIRST
    x = (x ^ (x >> np.uint64(27))) * _SECOND
    return x ^ (x >> np.uint64(31))


def among(encoded: EncodedWords, known: EncodedWords) -> Bool[np.ndarray, " words"]:
    """Which words of `encoded` stand in `known`."""
    return np.isin(fingerprints(encoded), fingerprints(known))


class Known:
    """The words of several named lists, ready to be asked in which one a word stands."""

    def __init__(self, splits: Mapping[str, EncodedWords]) -> None:
        self._prints = {name: np.unique(fingerprints(encoded)) for name, encoded in splits.items()}

    def whereabouts(self, encoded: EncodedWords) -> list[str]:
        """For each word of `encoded`, the name of the first list that holds it, or 'new'."""
        asked = fingerprints(encoded)
        found = np.full(len(encoded), NEW, dtype=object)
        for name in reversed(self._prints):
            found[np.isin(asked, self._prints[name])] = name
        return found.tolist()
