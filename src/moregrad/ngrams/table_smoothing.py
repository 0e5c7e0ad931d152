"""Smoothing and pruning of n-grams that are counted on disk: those that are kept are all that is in memory.

The gains and weights are those of `moregrad.ngrams.smoothing` and `pruning`, found in two passes over each length.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64, Int, UInt64

from moregrad.data.vocabulary import BOUNDARY
from moregrad.ngrams.counting import ABSENT, Grams
from moregrad.ngrams.gram_table import GramTable, Span
from moregrad.ngrams.pruning import threshold
from moregrad.ngrams.smoothing import Interpolation, Smoothing, discounts

OPENING = np.uint64(BOUNDARY + 1)
"""The boundary as a packed token."""

Smoothed = dict[int, list[Interpolation]]


@dataclass(frozen=True, eq=False)
class Kept:
    """The kept n-grams of a length in the order of their packed tokens, with the number of each in that of a trie."""

    packed: UInt64[np.ndarray, " grams"]
    number: Int[np.ndarray, " grams"]

    def find(self, packed: UInt64[np.ndarray, " sought"]) -> tuple[Int[np.ndarray, " sought"], np.ndarray]:
        """Returns the place of each of `packed` and marks those that are kept."""
        if not len(self.packed):
            return np.zeros(len(packed), np.int64), np.zeros(len(packed), bool)
        place = np.searchsorted(self.packed, packed).clip(max=len(self.packed) - 1)
        return place, self.packed[place] == packed


def smooth_table(
    table: GramTable, orders: Collection[int], smoothing: Smoothing, *, k: float = 0, prune: Sequence[int] = ()
) -> tuple[list[Grams], Smoothed]:
    """Returns the n-grams of up to the highest of `orders` tokens that are kept, and how each order smooths them."""
    levels, shorter = [_empty(table)], Kept(np.zeros(1, np.uint64), np.zeros(1, np.int64))
    smoothed: Smoothed = {order: [] for order in orders}
    for length in range(1, max(orders) + 1):
        # A length is smoothed as a middle one for all higher orders together, and as the longest for its own.
        roles = {
            length == order: _Role(table, length, smoothing, k, length == order) for order in orders if order >= length
        }
        level = _Level(table, shorter, length, list(roles.values()), threshold(prune, length))
        grams, shorter, found = level.smooth(levels[-1])
        levels.append(grams)
        for order in smoothed:
            if order >= length:
                smoothed[order].append(found[list(roles).index(length == order)])
    return levels, smoothed


def _empty(table: GramTable) -> Grams:
    zero, tokens = np.zeros(1, np.int32), np.zeros(1, np.min_scalar_type(table.vocab - 1))
    return Grams(0, zero, tokens, zero, np.array([table.predictions]), np.zeros(1, bool), 0)


class _Role:
    """The way in which n-grams of one length keep counts and reserve some, as the longest of all or in the middle."""

    def __init__(self, table: GramTable, length: int, smoothing: Smoothing, k: float, longest: bool) -> None:
        self._length, self._smoothing, self._k, self._longest, self._vocab = length, smoothing, k, longest, table.vocab
        if smoothing == "kneser-ney":
            found = np.zeros(5, np.int64)
            for span in table.spans(length):
                found += np.bincount(np.minimum(self._adjusted(span, table), 5), minlength=6)[:5]
            self._discount = discounts(found[1:].tolist())
        self._table = table

    def _adjusted(self, span: Span, table: GramTable) -> np.ndarray:
        if self._longest:
            return span.count
        return np.where(_opens(span, table) & (self._length > 1), span.count, span.preceding)

    def share(self, span: Span) -> tuple[np.ndarray, np.ndarray]:
        """Returns what each n-gram keeps and what it adds to the reserve of its history."""
        if self._smoothing == "add-k":
            alone = self._longest | (_opens(span, self._table) & (self._length > 1))
            return np.where(alone, span.count, 0), np.zeros(len(span.count))
        if self._smoothing == "witten-bell":
            return span.count, np.ones(len(span.count))
        count = self._adjusted(span, self._table)
        discount = self._discount[np.minimum(count, 3)]
        return count - discount, discount

    def base(self, opening: Bool[np.ndarray, " histories"]) -> Float64[np.ndarray, " histories"]:
        """Returns what each history reserves whatever follows it."""
        if self._smoothing != "add-k":
            return np.zeros(len(opening))
        return np.where(opening | self._longest, self._k * self._vocab, 0.0)


def _opens(span: Span, table: GramTable) -> Bool[np.ndarray, " grams"]:
    return span.packed & table.mask == OPENING


class _Level:
    """The n-grams of one length, the sums of what they keep and reserve by history, and those that are not pruned."""

    def __init__(self, table: GramTable, shorter: Kept, length: int, roles: Sequence[_Role], most: int) -> None:
        self._table, self._shorter, self._length, self._roles, self._most = table, shorter, length, roles, most
        histories = len(shorter.packed)
        self._whole, self._left = (np.zeros((len(roles), histories)) for _ in range(2))

    def smooth(self, histories: Grams) -> tuple[Grams, Kept, list[Interpolation]]:
        """Returns the kept n-grams, in both orders, and their interpolation in each role."""
        packed, count, history, *gains = (np.concatenate(each) for each in zip(*self._sift(), strict=True))
        opening = np.empty(len(self._shorter.number), bool)
        opening[:] = histories.opening[self._shorter.number]
        token = (packed >> np.uint64(self._table.bits * (self._length - 1))) - np.uint64(1)
        order = np.lexsort((token, self._shorter.number[history]))
        number = np.empty(len(order), np.int32)
        number[order] = np.arange(len(order), dtype=np.int32)
        found = []
        for role, gain, whole, left in zip(self._roles, gains, self._whole, self._left, strict=True):
            base = role.base(opening)
            used = np.where(whole + base > 0, whole + base, 1)
            weight = np.empty(len(used))
            weight[self._shorter.number] = np.where(whole + base > 0, (left + base) / used, 1)
            found.append(Interpolation((gain / used[history])[order], weight))
        suffix = self._suffix(packed)
        grams = Grams(
            self._length,
            self._shorter.number[history][order].astype(np.int32),
            token[order].astype(histories.token.dtype),
            suffix[order].astype(np.int32),
            count[order],
            (packed & self._table.mask == OPENING)[order],
            0 if self._length == 1 else ABSENT,
        )
        return grams, Kept(packed, number), found

    def _suffix(self, packed: UInt64[np.ndarray, " grams"]) -> Int[np.ndarray, " grams"]:
        shorter = packed >> np.uint64(self._table.bits) if self._length > 1 else np.zeros_like(packed)
        return self._shorter.number[self._shorter.find(shorter)[0]]

    def _sift(self) -> Iterator[tuple[np.ndarray, ...]]:
        """Yields the kept n-grams with their counts, histories and what they keep in each role; sums up all."""
        room = np.uint64(2 ** (self._table.bits * (self._length - 1)) - 1)
        boundary = np.array([OPENING]) if self._length == 1 else np.zeros(0, np.uint64)
        zero = np.zeros(len(boundary), np.int64)
        missing = not any((span.packed == OPENING).any() for span in self._table.spans(1)) if len(boundary) else False
        if missing:
            yield boundary, zero, zero, *(zero.astype(float) for _ in self._roles)
        for span in self._table.spans(self._length):
            history, known = self._shorter.find(span.packed & room)
            kept = (span.count > self._most) & known
            shares = []
            for number, role in enumerate(self._roles):
                keeps, reserves = role.share(span)
                moved = reserves + np.where(kept, 0, keeps)
                self._add(self._whole[number], history, known, keeps + reserves)
                self._add(self._left[number], history, known, moved)
                shares.append(keeps[kept].astype(float))
            yield span.packed[kept], span.count[kept], history[kept], *shares

    @staticmethod
    def _add(sums: np.ndarray, history: np.ndarray, known: np.ndarray, amount: np.ndarray) -> None:
        sums += np.bincount(history[known], weights=amount[known], minlength=len(sums))
