"""Counting what follows what: the distinct n-grams of a encoded, length by length."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
from jaxtyping import Bool, Int, UInt

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import BOUNDARY

PIECE = 2**22
"""Symbols handled at a time, so that the temporary arrays stay small however long the encoded."""

TABLE = 2**26
"""The most keys that a table numbers; beyond, and for short splits, they are looked up in a sorted list."""

Keys = Int[np.ndarray, " keys"]
Number = Callable[[Keys], Int[np.ndarray, " keys"]]


@dataclass(frozen=True, eq=False)
class Grams:
    """The distinct n-grams of one length, in the order of their histories and then of their last tokens.

    The history of a gram is all but its last token, its suffix all but its first; both are given as places among the
    grams one token shorter. Before its opening boundary a word reads more boundaries; the gram of nothing but
    boundaries is at `start`, even where it was never counted. `opening` marks the grams that begin with a boundary.
    """

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
        """How many grams were met at least once."""
        return int(np.count_nonzero(self.count))


def count_grams(encoded: EncodedWords, vocab: int, order: int) -> list[Grams]:
    """The grams of 0, 1, ... `order` tokens that end at a prediction of `encoded`."""
    levels = [_empty_gram(encoded)]
    ends = np.zeros(len(encoded.tokens), np.int32)
    for _ in range(order):
        longer, ends = _lengthened(levels[-1], ends, encoded.tokens, vocab)
        levels.append(longer)
    return levels


def pair_counts(encoded: EncodedWords, vocab: int) -> Int[np.ndarray, "vocab vocab"]:
    """How often each token (column) follows each other one (row); row 0 counts first and column 0 last characters."""
    _, single, pairs = count_grams(encoded, vocab, 2)
    counts = np.zeros((vocab, vocab), np.int64)
    counts[single.token[pairs.history], pairs.token] = pairs.count
    return counts


def commonest_pairs(encoded: EncodedWords, vocab: int, number: int) -> list[tuple[int, int, int]]:
    """The `number` commonest pairs as (token, next token, count), the commonest first."""
    _, single, pairs = count_grams(encoded, vocab, 2)
    chosen = np.argsort(-pairs.count, kind="stable")[: min(number, pairs.distinct)]
    columns = single.token[pairs.history[chosen]], pairs.token[chosen], pairs.count[chosen]
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _empty_gram(encoded: EncodedWords) -> Grams:
    """The gram without tokens, its own history and suffix."""
    zero = np.zeros(1, np.int32)
    return Grams(zero, np.zeros(1, encoded.tokens.dtype), zero, np.array([encoded.predictions]), np.zeros(1, bool), 0)


def _lengthened(
    shorter: Grams, ends: Int[np.ndarray, " length"], tokens: UInt[np.ndarray, " length"], vocab: int
) -> tuple[Grams, Int[np.ndarray, " length"]]:
    """The grams one token longer, and which of them ends at each place of the encoded, given which shorter one does."""

    def keys(piece: slice) -> Keys:
        before = slice(piece.start - 1, piece.stop - 1)
        history = np.where(tokens[before] == BOUNDARY, shorter.start, ends[before])
        return history.astype(np.int64) * vocab + tokens[piece]

    pieces = [slice(at, min(at + PIECE, len(tokens))) for at in range(1, len(tokens), PIECE)]
    boundaries = np.array([shorter.start * vocab + BOUNDARY])
    found, number = _numbered(chain([boundaries], map(keys, pieces)), len(shorter) * vocab, len(tokens))
    count = np.zeros(len(found), np.int64)
    suffix = np.full(len(found), shorter.start, np.int32)
    longer = np.zeros(len(tokens), np.int32)
    for piece in pieces:
        longer[piece] = number(keys(piece))
        count += np.bincount(longer[piece], minlength=len(found))
        suffix[longer[piece]] = ends[piece]
    history, token = np.divmod(found, vocab)
    opening = shorter.opening[history]
    start = int(number(boundaries)[0])
    opening[start] = True
    return Grams(history.astype(np.int32), token.astype(tokens.dtype), suffix, count, opening, start), longer


def _numbered(keys: Iterable[Keys], cells: int, length: int) -> tuple[Keys, Number]:
    """The distinct keys in order, all of them below `cells`, and the function that finds their places."""
    return _by_table(keys, cells) if cells <= min(TABLE, 16 * length) else _by_search(keys)


def _by_table(keys: Iterable[Keys], cells: int) -> tuple[Keys, Number]:
    met = np.zeros(cells, bool)
    for some in keys:
        met[some] = True
    found = np.flatnonzero(met)
    place = np.cumsum(met, dtype=np.int32) - 1
    return found, place.__getitem__


def _by_search(keys: Iterable[Keys]) -> tuple[Keys, Number]:
    found = _distinct(np.concatenate([_distinct(some) for some in keys]))
    return found, partial(_search, found)


def _distinct(keys: Keys) -> Keys:
    """The keys in order, each once; by sorting, which for millions is many times faster than NumPy's hashing."""
    ordered = np.sort(keys)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])]


def _search(found: Keys, keys: Keys) -> Int[np.ndarray, " keys"]:
    """The places of `keys` in `found`, looked up in order: random ones would miss the cache at every step."""
    order = np.argsort(keys)
    place = np.empty_like(keys)
    place[order] = np.searchsorted(found, keys[order])
    return place
