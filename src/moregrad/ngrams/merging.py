"""Counts of several lists added up to those of all of them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

import numpy as np
from jaxtyping import Int

from moregrad.ngrams.counting import Grams

Places = tuple[Int[np.ndarray, " _"], Int[np.ndarray, " _"]]


def merge_grams(lists: Sequence[list[Grams]], vocab: int) -> list[Grams]:
    """Returns what `count_grams` would return of all lists together, whose tokens are all below `vocab`.

    Each item of `lists` is what it returned of one of them, at the same order; there is at least one.
    """
    return reduce(lambda one, other: _merge(one, other, vocab), lists)


def _merge(one: list[Grams], other: list[Grams], vocab: int) -> list[Grams]:
    merged = [replace(one[0], count=one[0].count + other[0].count)]
    places: Places = (np.zeros(1, np.int64), np.zeros(1, np.int64))
    for grams in zip(one[1:], other[1:], strict=True):
        level, places = _merge_level(grams, places, vocab)
        merged.append(level)
    return merged


def _merge_level(grams: tuple[Grams, Grams], shorter: Places, vocab: int) -> tuple[Grams, Places]:
    """Merges two levels; `shorter` are the places of the n-grams one token shorter among the merged ones.

    The places of the n-grams themselves are returned too. In both lists they are in the order of the merged ones.
    """
    keys = [place[each.history] * vocab + each.token for each, place in zip(grams, shorter, strict=True)]
    found = np.union1d(*keys)
    places = np.searchsorted(found, keys[0]), np.searchsorted(found, keys[1])
    count, suffix = np.zeros(len(found), np.int64), np.zeros(len(found), np.int32)
    opening = np.zeros(len(found), bool)
    for each, place, before in zip(grams, places, shorter, strict=True):
        count[place] += each.count
        suffix[place] = before[each.suffix]
        opening[place] = each.opening
    history, token = np.divmod(found, vocab)
    first = grams[0]
    merged = replace(
        first,
        history=history.astype(first.history.dtype),
        token=token.astype(first.token.dtype),
        suffix=suffix,
        count=count,
        opening=opening,
    )
    return merged, places
