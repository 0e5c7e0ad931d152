"""Membership of words in lists of any length."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Bool, UInt64

from moregrad.data.encoded_words import EncodedWords

NEW = "new"

# Odd constants of SplitMix64 (Steele, Lea, Flood 2014), which spreads every input bit over all 64.
_GOLDEN, _FIRST, _SECOND = (np.uint64(c) for c in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def hash_words(encoded: EncodedWords) -> UInt64[np.ndarray, " words"]:
    """Hashes each word to 64 bits.

    Two different words share a hash by chance in one of some 10^5 lists of ten million words.
    """
    if not len(encoded):
        return np.zeros(0, np.uint64)
    position = np.arange(len(encoded.tokens) - 1) - np.repeat(encoded.starts, encoded.lengths + 1)
    mixed = _mix(_mix(position.astype(np.uint64)) + encoded.tokens[:-1].astype(np.uint64))
    return np.add.reduceat(mixed, encoded.starts)


def _mix(x: UInt64[np.ndarray, " n"]) -> UInt64[np.ndarray, " n"]:
    """Applies the output function of SplitMix64."""
    x = (x + np.uint64(1)) * _GOLDEN
    x = (x ^ (x >> np.uint64(30))) * _FIRST
    x = (x ^ (x >> np.uint64(27))) * _SECOND
    return x ^ (x >> np.uint64(31))


def is_in(encoded: EncodedWords, known: EncodedWords) -> Bool[np.ndarray, " words"]:
    """Tells for each word of `encoded` whether `known` holds it."""
    return np.isin(hash_words(encoded), hash_words(known))


class Known:
    """The words of several named lists, indexed so that any word can be looked up."""

    def __init__(self, splits: Mapping[str, EncodedWords]) -> None:
        self._known = {name: np.unique(hash_words(encoded)) for name, encoded in splits.items()}

    def locate(self, encoded: EncodedWords) -> list[str]:
        """Names the first list that holds each word of `encoded`, or 'new' for a word that none holds."""
        hashes = hash_words(encoded)
        names = np.full(len(encoded), NEW, dtype=object)
        for name in reversed(self._known):
            names[np.isin(hashes, self._known[name])] = name
        return names.tolist()
