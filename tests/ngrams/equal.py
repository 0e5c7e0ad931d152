"""Counts that are the same to the last bit."""

from dataclasses import fields

import numpy as np

from moregrad.ngrams import Grams


def assert_same_grams(one: list[Grams], other: list[Grams]) -> None:
    assert len(one) == len(other)
    for grams, others in zip(one, other, strict=True):
        for field in fields(Grams):
            left, right = getattr(grams, field.name), getattr(others, field.name)
            assert np.array_equal(left, right), (grams.length, field.name)
            assert np.asarray(left).dtype == np.asarray(right).dtype, (grams.length, field.name)
