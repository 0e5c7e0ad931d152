"""Counts of the distinct n-grams of a word list, level by level: 0 tokens, 1 token, 2 tokens and so on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
from jaxtyping import Bool, Int, UInt

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import BOUNDARY

CHUNK = 2**22
"""Tokens handled at a time, so that temporary arrays stay small however long the list."""

LARGEST_TABLE = 2**26
"""The most keys that a table indexes; beyond that, and for short lists, keys are found by bisection."""

ABSENT = -1
"""In place of the index of an n-gram where there is none."""

Keys = Int[np.ndarray, " keys"]
Distinct = Int[np.ndarray, " distinct"]
Index = Callable[[Keys], Int[np.ndarray, " keys"]]


@dataclass(frozen=True, eq=False)
class Grams:
    """The distinct n-grams of `length` tokens, ordered by their histories and then by their last tokens.

    The history of an n-gram is all but its last token, its suffix all but its first; both are indices into the n-grams
    one token shorter. `opening` marks the n-grams that begin with a boundary: nothing comes before it, so they are the
    longest of their words. `start` is the index of the boundary by itself, which exists even with a count of 0, among
    n-grams of one token; of none among no tokens; and ABSENT among longer ones.
    """

    length: int
    history: Int[np.ndarray, " grams"]
    token: UInt[np.ndarray, " grams"]
    suffix: Int[np.ndarray, " grams"]
    count: Int[np.ndarray, " grams"]
    opening: Bool[np.ndarray, " grams"]
    start: int

    def __len__(self) -> int:
        return len(self.token)

    @property
    def distinct(self) -> int:
        """The number of n-grams with a count above 0."""
        return int(np.count_nonzero(self.count))


def count_grams(encoded: EncodedWords, vocab: int, order: int) -> list[Grams]:
    """Counts the n-grams of 0, 1, ... `order` tokens that end at a prediction of `encoded`, within its word."""
    levels = [_empty_gram(encoded)]
    ends = np.zeros(len(encoded.tokens), np.int32)
    for _ in range(order):
        longer, ends = _lengthen(levels[-1], ends, encoded.tokens, vocab)
        levels.append(longer)
    return levels


def _empty_gram(encoded: EncodedWords) -> Grams:
    """Returns the level of the n-gram without tokens, which is its own history and suffix."""
    zero, count = np.zeros(1, np.int32), np.array([encoded.predictions])
    return Grams(0, zero, np.zeros(1, encoded.tokens.dtype), zero, count, np.zeros(1, bool), 0)


def _lengthen(
    shorter: Grams, ends: Int[np.ndarray, " length"], tokens: UInt[np.ndarray, " length"], vocab: int
) -> tuple[Grams, Int[np.ndarray, " length"]]:
    """Counts the n-grams one token longer than `shorter`.

    `ends` is the index in `shorter` of the n-gram that ends at each token, or their number where its word is too short
    for one; the same for the longer ones is returned.
    """
    single, absent = shorter.length == 0, len(shorter)

    def keys(chunk: slice) -> Keys:
        before = slice(chunk.start - 1, chunk.stop - 1)
        start = absent if shorter.start == ABSENT else shorter.start
        history = np.where(tokens[before] == BOUNDARY, start, ends[before])
        return history.astype(np.int64) * vocab + tokens[chunk]

    chunks = [slice(at, min(at + CHUNK, len(tokens))) for at in range(1, len(tokens), CHUNK)]
    boundary = np.array([BOUNDARY] if single else [], np.int64)
    found, index = _index_keys(chain([boundary], map(keys, chunks)), absent * vocab, vocab, len(tokens))
    count = np.zeros(len(found) + 1, np.int64)
    suffix = np.zeros(len(found) + 1, np.int32)
    longer = np.zeros(len(tokens), np.int32)
    for chunk in chunks:
        longer[chunk] = index(keys(chunk))
        count += np.bincount(longer[chunk], minlength=len(found) + 1)
        suffix[longer[chunk]] = ends[chunk]
    history, token = np.divmod(found, vocab)
    opening = token == BOUNDARY if single else shorter.opening[history]
    start = 0 if single else ABSENT
    history, token = history.astype(np.int32), token.astype(tokens.dtype)
    return Grams(shorter.length + 1, history, token, suffix[:-1], count[:-1], opening, start), longer


def _index_keys(keys: Iterable[Keys], cells: int, beyond: int, length: int) -> tuple[Distinct, Index]:
    """Returns the distinct keys below `cells` in order, and the function that finds the indices of keys in them.

    The `beyond` keys from `cells` on stand for no n-gram: their index is the number of the distinct ones.
    """
    by_table = cells <= min(LARGEST_TABLE, 16 * length)
    return _index_by_table(keys, cells, beyond) if by_table else _index_by_search(keys, cells)


def _index_by_table(keys: Iterable[Keys], cells: int, beyond: int) -> tuple[Distinct, Index]:
    present = np.zeros(cells + beyond, bool)
    for some in keys:
        present[some] = True
    found = np.flatnonzero(present[:cells])
    index = np.cumsum(present, dtype=np.int32) - 1
    index[cells:] = len(found)
    return found, index.__getitem__


def _index_by_search(keys: Iterable[Keys], cells: int) -> tuple[Distinct, Index]:
    found = _unique(np.concatenate([_unique(some[some < cells]) for some in keys]))
    return found, partial(_search, found)


def _unique(keys: Keys) -> Distinct:
    """Does what `np.unique` does by sorting, which for millions of keys is many times faster than its hashing."""
    ordered, first = np.sort(keys), np.ones(len(keys), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def _search(found: Distinct, keys: Keys) -> Int[np.ndarray, " keys"]:
    """Finds the indices of `keys` in `found`, in sorted order since random look-ups miss the cache at every step."""
    order = np.argsort(keys)
    index = np.empty_like(keys)
    index[order] = np.searchsorted(found, keys[order])
    return index
