"""Counting what follows what: the distinct n-grams of a tape, length by length."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
from jaxtyping import Bool, Int, UInt

from moregrad.data.tape import Tape
from moregrad.data.vocabulary import BOUNDARY

PIECE = 2**22
"""Symbols handled at a time, so that the temporary arrays stay small however long the tape."""

TABLE = 2**26
"""The most keys that a table numbers; beyond, and for short tapes, they are looked up in a sorted list."""

Keys = Int[np.ndarray, " keys"]
Number = Callable[[Keys], Int[np.ndarray, " keys"]]


@dataclass(frozen=True, eq=False)
class Grams:
    """The distinct n-grams of one length, in the order of their histories and then of their last symbols.

    The history of a gram is all but its last symbol, its suffix all but its first; both are given as places among the
    grams one symbol shorter. Before its opening boundary a word reads more boundaries; the gram of nothing but
    boundaries is at `start`, even where it was never counted. `opening` marks the grams that begin with a boundary.
    """

    history: Int[np.ndarray, " grams"]
    symbol: UInt[np.ndarray, " grams"]
    suffix: Int[np.ndarray, " grams"]
    count: Int[np.ndarray, " grams"]
    opening: Bool[np.ndarray, " grams"]
    start: int

    def __len__(self) -> int:
        return len(self.symbol)

    @property
    def distinct(self) -> int:
        """How many grams were met at least once."""
        return int(np.count_nonzero(self.count))


def count_grams(tape: Tape, vocab: int, order: int) -> list[Grams]:
    """The grams of 0, 1, ... `order` symbols that end at a prediction of `tape`."""
    levels = [_empty_gram(tape)]
    ends = np.zeros(len(tape.symbols), np.int32)
    for _ in range(order):
        longer, ends = _lengthened(levels[-1], ends, tape.symbols, vocab)
        levels.append(longer)
    return levels


def pair_counts(tape: Tape, vocab: int) -> Int[np.ndarray, "vocab vocab"]:
    """How often each symbol (column) follows each other one (row); row 0 counts first and column 0 last characters."""
    _, single, pairs = count_grams(tape, vocab, 2)
    counts = np.zeros((vocab, vocab), np.int64)
    counts[single.symbol[pairs.history], pairs.symbol] = pairs.count
    return counts


def commonest_pairs(tape: Tape, vocab: int, number: int) -> list[tuple[int, int, int]]:
    """The `number` commonest pairs as (symbol, next symbol, count), the commonest first."""
    _, single, pairs = count_grams(tape, vocab, 2)
    chosen = np.argsort(-pairs.count, kind="stable")[: min(number, pairs.distinct)]
    columns = single.symbol[pairs.history[chosen]], pairs.symbol[chosen], pairs.count[chosen]
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _empty_gram(tape: Tape) -> Grams:
    """The gram without symbols, its own history and suffix."""
    zero = np.zeros(1, np.int32)
    return Grams(zero, np.zeros(1, tape.symbols.dtype), zero, np.array([tape.predictions]), np.zeros(1, bool), 0)


def _lengthened(
    shorter: Grams, ends: Int[np.ndarray, " length"], symbols: UInt[np.ndarray, " length"], vocab: int
) -> tuple[Grams, Int[np.ndarray, " length"]]:
    """The grams one symbol longer, and which of them ends at each place of the tape, given which shorter one does."""

    def keys(piece: slice) -> Keys:
        before = slice(piece.start - 1, piece.stop - 1)
        history = np.where(symbols[before] == BOUNDARY, shorter.start, ends[before])
        return history.astype(np.int64) * vocab + symbols[piece]

    pieces = [slice(at, min(at + PIECE, len(symbols))) for at in range(1, len(symbols), PIECE)]
    boundaries = np.array([shorter.start * vocab + BOUNDARY])
    found, number = _numbered(chain([boundaries], map(keys, pieces)), len(shorter) * vocab, len(symbols))
    count = np.zeros(len(found), np.int64)
    suffix = np.full(len(found), shorter.start, np.int32)
    longer = np.zeros(len(symbols), np.int32)
    for piece in pieces:
        longer[piece] = number(keys(piece))
        count += np.bincount(longer[piece], minlength=len(found))
        suffix[longer[piece]] = ends[piece]
    history, symbol = np.divmod(found, vocab)
    opening = shorter.opening[history]
    start = int(number(boundaries)[0])
    opening[start] = True
    return Grams(history.astype(np.int32), symbol.astype(symbols.dtype), suffix, count, opening, start), longer


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
