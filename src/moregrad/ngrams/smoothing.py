"""Smoothing: from counts of n-grams to the probability of every next token, seen or not.

Add-k, Witten-Bell and Kneser-Ney are the same interpolation. With h' for the history h without its first token,

    p(w | h) = gain(h w) + weight(h) p(w | h'),    p(w | no history) = 1 / vocab,

they differ in how much of its count an n-gram keeps and how much a history reserves for the shorter one. A history that
nothing ever followed has weight 1: its distribution is that of the shorter history.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from jaxtyping import Float, Int

from moregrad.ngrams.counting import Grams
from moregrad.ngrams.trie import MISSING, Trie

Smoothing = Literal["add-k", "witten-bell", "kneser-ney"]

FALLBACK_DISCOUNTS = (0.5, 1.0, 1.5)
"""Discounts where the counts of counts allow no estimate, as KenLM falls back to (Heafield et al. 2013)."""


@dataclass(frozen=True, eq=False)
class Interpolation:
    """The gains of the n-grams of one length and the weights of their histories, float64."""

    gain: Float[np.ndarray, " grams"]
    weight: Float[np.ndarray, " histories"]

    @classmethod
    def of(cls, grams: Grams, kept: np.ndarray, reserved: np.ndarray) -> "Interpolation":
        """Divides each history in proportion to the counts that its n-grams keep and that it reserves."""
        whole = _sum_by_history(grams, kept, len(reserved)) + reserved
        used = np.where(whole > 0, whole, 1)
        return cls(kept / used[grams.history], np.where(whole > 0, reserved / used, 1))


def smooth(levels: list[Grams], smoothing: Smoothing, *, k: float, vocab: int) -> list[Interpolation]:
    """Smooths counts; item n is for histories of n tokens. Only add-k uses `k`."""
    match smoothing:
        case "add-k":
            return list(_add_k(levels, k, vocab))
        case "witten-bell":
            return list(_witten_bell(levels))
        case "kneser-ney":
            return list(_kneser_ney(levels))


def _add_k(levels: list[Grams], k: float, vocab: int) -> Iterator[Interpolation]:
    """(c(h w) + k) / (c(h) + k vocab) for the longest history of each token, and nothing from the shorter ones."""
    for histories, grams in pairwise(levels):
        longest = histories.opening | (grams is levels[-1])
        kept = np.where(longest[grams.history], grams.count, 0)
        yield Interpolation.of(grams, kept, np.where(longest, k * vocab, 0))


def _witten_bell(levels: list[Grams]) -> Iterator[Interpolation]:
    """A history reserves as many counts as it has distinct followers (Bell, Cleary, Witten 1990, method C)."""
    for histories, grams in pairwise(levels):
        yield Interpolation.of(grams, grams.count, _sum_by_history(grams, grams.count > 0, len(histories)))


def _kneser_ney(levels: list[Grams]) -> Iterator[Interpolation]:
    """Modified Kneser-Ney (Chen & Goodman 1998, section 3.4): every n-gram gives up a discount by its count."""
    for (histories, grams), count in zip(pairwise(levels), _adjusted_counts(levels), strict=True):
        discount = estimate_discounts(count)[np.minimum(count, 3)]
        yield Interpolation.of(grams, count - discount, _sum_by_history(grams, discount, len(histories)))


def _adjusted_counts(levels: list[Grams]) -> Iterator[Int[np.ndarray, " grams"]]:
    """Yields the number of distinct tokens before each n-gram; its plain count if it opens a word or is longest."""
    for histories, grams, longer in zip(levels, levels[1:], levels[2:], strict=False):
        preceding = np.bincount(longer.suffix[longer.count > 0], minlength=len(grams))
        yield np.where(histories.opening[grams.history], grams.count, preceding)
    yield levels[-1].count


def estimate_discounts(count: Int[np.ndarray, " grams"]) -> Float[np.ndarray, "4"]:
    """Estimates the discounts of n-grams counted 0, 1, 2, and 3 or more times; the first is 0.

    They follow from how many n-grams have counts of one to four. If there are none of one, two or three, or a discount
    is not above 0 and at most the count, all three are FALLBACK_DISCOUNTS: as in KenLM, but for a discount of just 0,
    which would leave some histories nothing for what never followed them.
    """
    return discounts([int(np.count_nonzero(count == times)) for times in (1, 2, 3, 4)])


def discounts(counts_of_counts: Sequence[int]) -> Float[np.ndarray, "4"]:
    """Estimates what `estimate_discounts` does from the numbers of n-grams counted once, twice, 3 and 4 times."""
    n1, n2, n3, n4 = counts_of_counts
    estimated = (math.nan,) * 3
    if n1 and n2 and n3:
        y = n1 / (n1 + 2 * n2)
        estimated = 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3
    sound = all(0 < discount <= times for times, discount in enumerate(estimated, start=1))
    return np.array([0.0, *(estimated if sound else FALLBACK_DISCOUNTS)])


def _sum_by_history(grams: Grams, amount: np.ndarray, histories: int) -> Float[np.ndarray, " histories"]:
    return np.bincount(grams.history, weights=amount, minlength=histories).astype(np.float64, copy=False)


def join(interpolations: list[Interpolation]) -> tuple[Float[np.ndarray, " nodes"], Float[np.ndarray, " histories"]]:
    """Returns the gains of all lengths and the weights of all histories, by their nodes in a trie."""
    gain = np.concatenate([np.zeros(2), *(each.gain for each in interpolations)])
    return gain, np.concatenate([np.ones(1), *(each.weight for each in interpolations)])


def distributions(
    trie: Trie, gain: Float[np.ndarray, " nodes"], weight: Float[np.ndarray, " histories"], vocab: int, *, room: int
) -> Iterator[Float[np.ndarray, "histories vocab"]]:
    """Yields p(w | h) for all histories of 0, 1, ... tokens, as long as a length needs at most `room` numbers."""
    rows, first = np.full((1, vocab), 1 / vocab), MISSING
    for histories, suffix in trie.levels(vocab):
        if len(histories) * vocab > room:
            return
        rows = weight[histories.start : histories.stop, None] * rows[suffix - first]
        history, child = trie.children(histories)
        rows[history, trie.token[child]] += gain[child]
        yield rows
        first = histories.start
