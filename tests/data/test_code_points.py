"""Words as arrays of code points."""

from collections import Counter

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.code_points import (
    SLICE,
    UNICODE,
    count_characters,
    from_code_points,
    join_slices,
    to_code_points,
)
from moregrad.data.word_list import to_series

# Polars strings are UTF-8, which has no surrogates.
text = st.text(st.characters(exclude_categories=["Cs"]))


@given(text)
def test_code_points_are_those_of_python_and_come_back(text):
    points = to_code_points(text)
    assert points.tolist() == list(map(ord, text))
    assert from_code_points(points) == text


@given(st.lists(text))
def test_characters_are_counted(words):
    counts = count_characters(to_series(words))
    assert counts.shape == (UNICODE,)
    assert {chr(point): counts[point] for point in np.flatnonzero(counts)} == Counter("".join(words))


def test_slices_are_joined_in_order():
    words = pl.Series([str(number) for number in range(SLICE + 2)])
    slices = list(join_slices(words))
    assert [len(part) for part, _ in slices] == [SLICE, 2]
    assert slices[1][1] == f"{SLICE}{SLICE + 1}"
    assert "".join(joined for _, joined in slices) == "".join(words)
