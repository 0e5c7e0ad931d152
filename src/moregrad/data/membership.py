"""Membership of words in lists of any length."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Bool, UInt64

from moregrad.data.encoded_words import EncodedWords

NEW = "new"

CHUNK = 2**14
"""Words hashed at a time, so that what is computed on the way stays in the processor's cache."""

# Odd constants of SplitMix64 (Steele, Lea, Flood 2014), which spreads every input bit over all 64.
_GOLDEN, _FIRST, _SECOND = (np.uint64(c) for c in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def hash_words(encoded: EncodedWords) -> UInt64[np.ndarray, " words"]:
    """Hashes each word to 64 bits.

    Two different words share a hash by chance in one of some 10^5 lists of ten million words.
    """
    hashes = np.empty(len(encoded), np.uint64)
    for start in range(0, len(encoded), CHUNK):
        words = slice(start, min(start + CHUNK, len(encoded)))
        first, lengths = encoded.starts[words], encoded.lengths[words]
        tokens = encoded.tokens[first[0] : first[-1] + lengths[-1] + 1]
        position = np.arange(len(tokens)) - np.repeat(first - first[0], lengths + 1)
        mixed = _mix(_mix(position.astype(np.uint64)) + tokens.astype(np.uint64))
        hashes[words] = np.add.reduceat(mixed, first - first[0])
    return hashes


def _mix(x: UInt64[np.ndarray, " n"]) -> UInt64[np.ndarray, " n"]:
    """Applies the output function of SplitMix64."""
    x = (x + np.uint64(1)) * _GOLDEN
    x = (x ^ (x >> np.uint64(30))) * _FIRST
    x = (x ^ (x >> np.uint64(27))) * _SECOND
    return x ^ (x >> np.uint64(31))


def is_in(encoded: EncodedWords, known: "EncodedWords | Index") -> Bool[np.ndarray, " words"]:
    """Tells for each word of `encoded` whether `known` holds it."""
    return (known if isinstance(known, Index) else Index(known)).holds(encoded)


class Index:
    """The words of a list, in order of their hashes, so that any word can be looked up."""

    def __init__(self, encoded: EncodedWords) -> None:
        # Sorting and bisection take a fraction of the time of `np.isin`, which begins anew with every look-up.
        self._hashes = np.sort(hash_words(encoded))

    def holds(self, encoded: EncodedWords) -> Bool[np.ndarray, " words"]:
        """Tells for each word of `encoded` whether the list holds it."""
        return self.holds_hashes(hash_words(encoded))

    def holds_hashes(self, hashes: UInt64[np.ndarray, " words"]) -> Bool[np.ndarray, " words"]:
        """Tells for each word, given by its hash, whether the list holds it."""
        if not len(self._hashes):
            return np.zeros(len(hashes), bool)
        place = np.searchsorted(self._hashes, hashes)
        return self._hashes.take(place, mode="clip") == hashes


class Known:
    """The words of several named lists, indexed so that any word can be looked up."""

    def __init__(self, splits: Mapping[str, EncodedWords]) -> None:
        self._lists = {name: Index(encoded) for name, encoded in splits.items()}

    def __getitem__(self, name: str) -> Index:
        """Returns the words of the list `name`."""
        return self._lists[name]

    def locate(self, encoded: EncodedWords) -> list[str]:
        """Names the first list that holds each word of `encoded`, or 'new' for a word that none holds."""
        hashes = hash_words(encoded)
        names = np.full(len(encoded), NEW, dtype=object)
        for name, words in reversed(self._lists.items()):
            names[words.holds_hashes(hashes)] = name
        return names.tolist()
