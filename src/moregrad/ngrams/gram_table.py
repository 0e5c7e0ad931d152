"""Counts of the distinct n-grams of a list of any length, sorted on disk.

Every prediction has one longest n-gram: up to `order` tokens of its word, the boundary before it among them. Read from
the last token to the first they are packed into 64 bits, so that all shorter n-grams are their beginnings and one sort
brings the counts of all lengths together: Heafield et al. (2013) sort n-grams by suffix for the same reason.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from jaxtyping import Bool, Int64, UInt, UInt64

from moregrad.atomic import replacing
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.sealed import digest_file, read_sealed, write_sealed
from moregrad.data.vocabulary import BOUNDARY
from moregrad.errors import ModelError

BITS = 64
PENDING = 2**24
"""Distinct n-grams that are counted in memory before they go to disk."""

SPAN = 2**22
"""Rows of a table that are looked at together."""

ARRAYS = ("packed", "count")
"""The arrays of a table, each in a file of its own."""

Packed = UInt64[np.ndarray, " _"]
Times = Int64[np.ndarray, " _"]


@dataclass(frozen=True, eq=False)
class Span:
    """N-grams of one length, in the order of their packed tokens: how often each occurs, and after how many others.

    `preceding` counts the distinct tokens that come before an n-gram.
    """

    packed: Packed
    count: Times
    preceding: Times


@dataclass(frozen=True, eq=False)
class GramTable:
    """The distinct longest n-grams of a list, in order, and their counts; both arrays may be mapped from files.

    A token takes `bits` bits and is stored as its id plus one; 0 stands where a word has not so many tokens.
    """

    packed: Packed
    count: Times
    vocab: int
    order: int

    @classmethod
    def load(cls, path: Path, vocab: int, order: int) -> "GramTable | None":
        """Maps the table that was saved at `path`; None if there is none, or not as it was saved."""
        seal = read_sealed(_beside(path, "json"))
        return cls(*_map(path), vocab, order) if seal is not None and seal == _digests(path) else None

    def save(self, path: Path) -> "GramTable":
        """Writes the table to files whose names begin with `path`, and maps it from there."""
        for name in ARRAYS:
            with replacing(_beside(path, name)) as temporary:
                getattr(self, name).tofile(temporary)
        write_sealed(_beside(path, "json"), _digests(path))
        return GramTable(*_map(path), self.vocab, self.order)

    @property
    def bits(self) -> int:
        """The bits of a token."""
        return self.vocab.bit_length()

    @property
    def predictions(self) -> int:
        """The number of tokens that were counted."""
        return int(self.count.sum())

    def spans(self, length: int) -> Iterator[Span]:
        """Yields the n-grams of `length` tokens, some at a time, each of them once."""
        shift = np.uint64(self.bits * (self.order - length))
        start = 0
        while start < len(self.packed):
            stop = self._next_change(min(start + SPAN, len(self.packed)), int(shift))
            yield self._span(np.array(self.packed[start:stop]), np.array(self.count[start:stop]), length)
            start = stop

    def without(self, fewer: "GramTable") -> "GramTable":
        """Returns a table in memory that lacks the counts of `fewer`, which it holds all."""
        # Rows that come to 0 stay, so that nothing is moved; spans leave them out.
        place = np.searchsorted(self.packed, fewer.packed)
        count = np.array(self.count)
        count[place] -= fewer.count
        return GramTable(self.packed, count, self.vocab, self.order)

    def _next_change(self, stop: int, shift: int) -> int:
        """Returns the first row from `stop` on where another n-gram begins than that of the row before it."""
        following = ((int(self.packed[stop - 1]) >> shift) + 1) << shift
        return len(self.packed) if following >> BITS else int(np.searchsorted(self.packed, np.uint64(following)))

    def _span(self, packed: Packed, count: Times, length: int) -> Span:
        met = count > 0
        packed, count = packed[met], count[met]
        own, before = (self._cut(packed, each) for each in (length, min(length + 1, self.order)))
        whole = own & self.mask > 0
        packed, count, own, before = packed[whole], count[whole], own[whole], before[whole]
        first = changes(own)
        starts = np.flatnonzero(first)
        if not len(starts):
            return Span(own, count, count)
        preceding = np.add.reduceat((changes(before) & (before & self.mask > 0)).astype(np.int64), starts)
        return Span(own[starts], np.add.reduceat(count, starts), preceding)

    @property
    def mask(self) -> np.uint64:
        """The bits of the token that comes first in a word, in an n-gram of any length."""
        return np.uint64(2**self.bits - 1)

    def _cut(self, packed: Packed, length: int) -> Packed:
        return packed >> np.uint64(self.bits * (self.order - length))


def count_table(
    pieces: Iterable[EncodedWords],
    vocab: int,
    order: int,
    folder: Path | None = None,
    *,
    tell: Callable[[int], None] = lambda words: None,
) -> GramTable:
    """Counts the n-grams of the words in `pieces`, and calls `tell` with the number of words after each.

    What does not fit in memory is sorted in files in `folder`, where the table stays. Raises ModelError for an `order`
    whose n-grams take more than 64 bits.
    """
    most = BITS // vocab.bit_length()
    if order > most:
        raise ModelError(
            f"order {order} of {vocab:,} symbols takes more than {BITS} bits an n-gram, which lists on disk are "
            f"counted in; give an order of at most {most}, or read the list into memory"
        )
    runs: list[tuple[Packed, Times]] = []
    pending: list[tuple[Packed, Times]] = []
    for piece in pieces:
        pending.append(_tally(_pack(piece.tokens, vocab, order)))
        tell(len(piece))
        if sum(len(packed) for packed, _ in pending) > PENDING:
            pending = [merge(pending)]
            if folder is not None and len(pending[0][0]) > PENDING // 2:
                runs.append(_write(*pending.pop(), folder / f"run.{len(runs)}"))
    if pending:
        pending = [merge(pending)]
    if not runs or folder is None:
        return GramTable(*(pending or [(np.zeros(0, np.uint64), np.zeros(0, np.int64))])[0], vocab, order)
    merged = _merge_runs([*runs, *pending], folder)
    for number in range(len(runs)):
        for name in ARRAYS:
            _beside(folder / f"run.{number}", name).unlink()
    return GramTable(*merged, vocab, order)


def _pack(tokens: UInt[np.ndarray, " length"], vocab: int, order: int) -> UInt64[np.ndarray, " predictions"]:
    """Packs the longest n-gram that ends at each token but the first, which is a boundary."""
    bits, length = vocab.bit_length(), len(tokens)
    numbers = tokens.astype(np.uint64) + np.uint64(1)
    opening = np.where(tokens[:-1] == BOUNDARY, np.arange(length - 1), 0)
    reach = np.arange(1, length) - np.maximum.accumulate(opening)
    packed = numbers[1:] << np.uint64(bits * (order - 1))
    for back in range(1, min(order, length)):
        there = np.zeros(length - 1, np.uint64)
        there[back - 1 :] = numbers[: length - back]
        there[reach < back] = 0
        packed |= there << np.uint64(bits * (order - 1 - back))
    return packed


def _tally(packed: UInt64[np.ndarray, " predictions"]) -> tuple[Packed, Times]:
    ordered = np.sort(packed)
    starts = np.flatnonzero(changes(ordered))
    return ordered[starts], np.diff(starts, append=len(ordered))


def merge(parts: list[tuple[Packed, Times]]) -> tuple[Packed, Times]:
    """Puts sorted parts together, adding the counts of what several of them have."""
    packed, count = (np.concatenate(each) for each in zip(*parts, strict=True))
    # A stable sort finds the parts in order and only merges them.
    order = np.argsort(packed, kind="stable")
    packed, count = packed[order], count[order]
    starts = np.flatnonzero(changes(packed))
    return (packed[starts], np.add.reduceat(count, starts)) if len(starts) else (packed, count)


def _merge_runs(runs: list[tuple[Packed, Times]], folder: Path) -> tuple[Packed, Times]:
    """Merges sorted runs range by range, so that only a part of each is in memory."""
    longest = max((packed for packed, _ in runs), key=len)
    share = max(PENDING // len(runs), 1)
    bounds = [np.array(longest[at]) for at in range(share, len(longest), share)]
    cuts = [[0, *np.searchsorted(packed, bounds).tolist(), len(packed)] for packed, _ in runs]
    path = folder / "grams"
    with (
        _beside(path, "packed").open("wb") as first,
        _beside(path, "count").open("wb") as second,
    ):
        for spans in zip(*map(pairwise, cuts), strict=True):
            parts = [
                (np.array(packed[start:stop]), np.array(count[start:stop]))
                for (packed, count), (start, stop) in zip(runs, spans, strict=True)
            ]
            packed, count = merge(parts)
            first.write(packed.tobytes())
            second.write(count.tobytes())
    return _map(path)


def _write(packed: Packed, count: Times, path: Path) -> tuple[Packed, Times]:
    packed.tofile(_beside(path, "packed"))
    count.tofile(_beside(path, "count"))
    return _map(path)


def _map(path: Path) -> tuple[Packed, Times]:
    return np.memmap(_beside(path, "packed"), np.uint64, "r"), np.memmap(_beside(path, "count"), np.int64, "r")


def _digests(path: Path) -> dict[str, str | None]:
    return {name: digest_file(_beside(path, name)) for name in ARRAYS}


def _beside(path: Path, name: str) -> Path:
    return path.with_name(f"{path.name}.{name}")


def changes(ordered: np.ndarray) -> Bool[np.ndarray, " _"]:
    """Marks each element that differs from the one before it, and the first."""
    found = np.ones(len(ordered), bool)
    found[1:] = ordered[1:] != ordered[:-1]
    return found
