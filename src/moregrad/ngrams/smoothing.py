"""From counts to probabilities: how much each history keeps for what followed it and leaves for what did not.

All three smoothings are one interpolation. With h' for the history h without its first token,

    p(w | h) = gain(h w) + weight(h) p(w | h'),    p(w | nothing at all) = 1 / vocab,

and differ in what a gram keeps of its count and what a history reserves beside its counts. A history that was never
followed by anything has weight 1: it passes on what the shorter one says.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from jaxtyping import Float, Int

from moregrad.ngrams.counting import Grams

Smoothing = Literal["add-k", "witten-bell", "kneser-ney"]

FALLBACK_DISCOUNTS = (0.5, 1.0, 1.5)
"""Discounts where the counts of counts allow no estimate, as KenLM falls back to (Heafield et al. 2013)."""


@dataclass(frozen=True, eq=False)
class Shares:
    """How the histories of one length divide their probability, float64."""

    gain: Float[np.ndarray, " grams"]
    weight: Float[np.ndarray, " histories"]

    @classmethod
    def of(cls, grams: Grams, kept: np.ndarray, reserved: np.ndarray) -> "Shares":
        """Shares in proportion to what every gram keeps and every history reserves."""
        whole = _per_history(grams, kept, len(reserved)) + reserved
        used = np.where(whole > 0, whole, 1)
        return cls(kept / used[grams.history], np.where(whole > 0, reserved / used, 1))


def smoothed(levels: list[Grams], smoothing: Smoothing, *, k: float, vocab: int) -> list[Shares]:
    """The shares of the histories of 0, 1, ... tokens."""
    match smoothing:
        case "add-k":
            return list(_add_k(levels, k, vocab))
        case "witten-bell":
            return list(_witten_bell(levels))
        case "kneser-ney":
            return list(_kneser_ney(levels))


def _add_k(levels: list[Grams], k: float, vocab: int) -> Iterator[Shares]:
    """(c(h w) + k) / (c(h) + k vocab) for the longest histories, and nothing from the shorter ones."""
    *passing, (histories, grams) = pairwise(levels)
    for shorter, longer in passing:
        yield Shares(np.zeros(len(longer)), np.ones(len(shorter)))
    yield Shares.of(grams, grams.count, np.full(len(histories), k * vocab))


def _witten_bell(levels: list[Grams]) -> Iterator[Shares]:
    """A history reserves as many counts as it has distinct followers (Bell, Cleary, Witten 1990, method C)."""
    for histories, grams in pairwise(levels):
        yield Shares.of(grams, grams.count, _per_history(grams, grams.count > 0, len(histories)))


def _kneser_ney(levels: list[Grams]) -> Iterator[Shares]:
    """Modified Kneser-Ney (Chen & Goodman 1998, section 3.4): every gram gives up a discount that its count decides."""
    for (histories, grams), count in zip(pairwise(levels), _adjusted_counts(levels), strict=True):
        discount = discounts(count)[np.minimum(count, 3)]
        yield Shares.of(grams, count - discount, _per_history(grams, discount, len(histories)))


def _adjusted_counts(levels: list[Grams]) -> Iterator[Int[np.ndarray, " grams"]]:
    """How many different tokens precede each gram; how often it was met where nothing can precede or it is longest."""
    for histories, grams, longer in zip(levels, levels[1:], levels[2:], strict=False):
        preceding = np.bincount(longer.suffix[longer.count > 0], minlength=len(grams))
        yield np.where(histories.opening[grams.history], grams.count, preceding)
    yield levels[-1].count


def discounts(count: Int[np.ndarray, " grams"]) -> Float[np.ndarray, "4"]:
    """What grams counted 0, 1, 2, and 3 or more times give up; 0 for the first.

    The estimate from how many grams were counted once to four times holds if there are some of each and every
    discount is above 0 and at most the count; otherwise all three are the fallback's.
    """
    n1, n2, n3, n4 = (int(np.count_nonzero(count == times)) for times in (1, 2, 3, 4))
    estimated = (math.nan,) * 3
    if n1 and n2 and n3 and n4:
        y = n1 / (n1 + 2 * n2)
        estimated = 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3
    sound = all(0 < discount <= times for times, discount in enumerate(estimated, start=1))
    return np.array([0.0, *(estimated if sound else FALLBACK_DISCOUNTS)])


def _per_history(grams: Grams, amount: np.ndarray, histories: int) -> Float[np.ndarray, " histories"]:
    return np.bincount(grams.history, weights=amount, minlength=histories)


def distributions(
    levels: list[Grams], shares: list[Shares], vocab: int, *, room: int
) -> Iterator[Float[np.ndarray, "histories vocab"]]:
    """p(w | h) for all histories of 0, 1, ... tokens, while each length needs at most `room` numbers."""
    rows = np.full((1, vocab), 1 / vocab)
    for (histories, grams), share in zip(pairwise(levels), shares, strict=True):
        if len(histories) * vocab > room:
            return
        rows = share.weight[:, None] * rows[histories.suffix]
        rows[grams.history, grams.token] += share.gain
        yield rows
