"""Membership of words in lists of any length."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Bool, UInt64

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.mixing import mix
from moregrad.data.stored_words import StoredWords

NEW = "new"

HASHES = "hashes"
"""The name of the hashes that are kept with words on disk, since there are too many of them to have them twice."""

CHUNK = 2**14
"""Words hashed at a time, so that what is computed on the way stays in the processor's cache."""


def hash_words(encoded: EncodedWords) -> UInt64[np.ndarray, " words"]:
    """Hashes each word to 64 bits.

    Two different words share a hash by chance in one of some 10^5 lists of ten million words.
    """
    hashes, done = np.empty(len(encoded), np.uint64), 0
    for piece in encoded.pieces():
        _hash_piece(piece, hashes[done : done + len(piece)])
        done += len(piece)
    return hashes


def _hash_piece(encoded: EncodedWords, hashes: UInt64[np.ndarray, " words"]) -> None:
    for start in range(0, len(encoded), CHUNK):
        words = slice(start, min(start + CHUNK, len(encoded)))
        first, lengths = encoded.starts[words], encoded.lengths[words]
        tokens = encoded.tokens[first[0] : first[-1] + lengths[-1] + 1]
        position = np.arange(len(tokens)) - np.repeat(first - first[0], lengths + 1)
        mixed = mix(mix(position.astype(np.uint64)) + tokens.astype(np.uint64))
        hashes[words] = np.add.reduceat(mixed, first - first[0])


def is_in(encoded: EncodedWords, known: "EncodedWords | Index") -> Bool[np.ndarray, " words"]:
    """Tells for each word of `encoded` whether `known` holds it."""
    return (known if isinstance(known, Index) else Index(known)).holds(encoded)


class Index:
    """The words of a list, by their `hashes` in order, so that any word can be looked up."""

    def __init__(self, encoded: EncodedWords) -> None:
        # Sorting and bisection take a fraction of the time of `np.isin`, which begins anew with every look-up.
        kept = encoded.memo.get(HASHES) if isinstance(encoded, StoredWords) else None
        self.hashes = hash_words(encoded) if kept is None else kept
        if kept is None:
            self.hashes.sort()
        if isinstance(encoded, StoredWords):
            encoded.memo[HASHES] = self.hashes

    def holds(self, encoded: EncodedWords) -> Bool[np.ndarray, " words"]:
        """Tells for each word of `encoded` whether the list holds it."""
        return self.holds_hashes(hash_words(encoded))

    def holds_hashes(self, hashes: UInt64[np.ndarray, " words"]) -> Bool[np.ndarray, " words"]:
        """Tells for each word, given by its hash, whether the list holds it."""
        if not len(self.hashes):
            return np.zeros(len(hashes), bool)
        place = np.searchsorted(self.hashes, hashes)
        return self.hashes.take(place, mode="clip") == hashes


class Known:
    """The words of several named lists, indexed so that any word can be looked up."""

    def __init__(self, splits: Mapping[str, EncodedWords]) -> None:
        self._lists = {name: Index(encoded) for name, encoded in splits.items()}

    @classmethod
    def of(cls, lists: Mapping[str, Index]) -> "Known":
        """Returns lists that are indexed already."""
        known = cls({})
        known._lists.update(lists)
        return known

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
