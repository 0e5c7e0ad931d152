"""Pruning: rare n-grams are left out, and their probability goes to the shorter history, as in KenLM's `--prune`.

An n-gram that occurs as often as the threshold of its length or less is left out once all have been smoothed: discounts
and adjusted counts are those of all n-grams. What it had, discount and all, is reserved for the shorter history.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Annotated

import numpy as np
from annotated_types import Ge, Lt
from typing_extensions import Doc

from moregrad.errors import ConfigurationError
from moregrad.ngrams.counting import Grams
from moregrad.ngrams.smoothing import Interpolation

Prune = Annotated[
    tuple[int, ...],
    Ge(0),
    Lt(2**31),
    Doc("Leave out n-grams that occur so often or less: a number for each length, the last for longer ones too."),
]


def check_thresholds(prune: Sequence[int]) -> None:
    """Raises ConfigurationError for thresholds of which the first is not 0, or one is below the one before it."""
    if prune and (prune[0] != 0 or list(prune) != sorted(prune)):
        raise ConfigurationError(
            f"prune {' '.join(map(str, prune))}: the first must be 0, since single characters are always kept, and "
            "none may be below the one before it, such as 0 0 1"
        )


def threshold(prune: Sequence[int], length: int) -> int:
    """Returns the count up to which n-grams of so many tokens are left out; the last one holds for longer ones too."""
    return prune[min(length, len(prune)) - 1] if prune else 0


def pruned(grams: Grams, prune: Sequence[int]) -> np.ndarray:
    """Marks the n-grams that are left out."""
    return (grams.count <= threshold(prune, grams.length)) & (grams.length > 1)


def reserve(levels: list[Grams], smoothed: list[Interpolation], prune: Sequence[int]) -> list[Interpolation]:
    """Returns `smoothed` with no gain for n-grams that are left out: it goes to the weights of their histories."""
    return [_reserve(grams, each, prune) for grams, each in zip(levels[1:], smoothed, strict=False)]


def _reserve(grams: Grams, smoothed: Interpolation, prune: Sequence[int]) -> Interpolation:
    lost = np.where(pruned(grams, prune), smoothed.gain, 0)
    moved = np.bincount(grams.history, weights=lost, minlength=len(smoothed.weight))
    return Interpolation(smoothed.gain - lost, np.minimum(smoothed.weight + moved, 1))


def leave_out(
    levels: list[Grams], smoothed: list[Interpolation], prune: Sequence[int]
) -> tuple[list[Grams], list[Interpolation]]:
    """Returns both without the n-grams that are left out, which have no gain any more."""
    found = list(_leave_out(levels, smoothed, prune))
    return [levels[0], *(grams for grams, _ in found)], [each for _, each in found]


def _leave_out(
    levels: list[Grams], smoothed: list[Interpolation], prune: Sequence[int]
) -> Iterator[tuple[Grams, Interpolation]]:
    histories = np.ones(1, bool)
    for grams, each in zip(levels[1:], smoothed, strict=True):
        kept = ~pruned(grams, prune)
        number = np.cumsum(histories, dtype=np.int32) - 1
        fewer = {name: getattr(grams, name)[kept] for name in ("token", "count", "opening")}
        moved = {name: number[getattr(grams, name)[kept]] for name in ("history", "suffix")}
        yield dataclasses.replace(grams, **fewer, **moved), Interpolation(each.gain[kept], each.weight[histories])
        histories = kept
