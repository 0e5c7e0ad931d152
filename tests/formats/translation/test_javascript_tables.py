"""Numbers and types as JavaScript writes them; what they compute, the tests of primitives tell."""

import numpy as np
import pytest

from moregrad.formats.translation.javascript_tables import ARRAYS, JAVASCRIPT
from moregrad.formats.translation.jaxpr import DTYPES


@pytest.mark.parametrize(
    ("value", "dtype", "written"),
    [
        (0.1, "float32", "0.1"),
        (-2.5, "float32", "(-2.5)"),
        (float("inf"), "float32", "Infinity"),
        (float("-inf"), "float32", "(-Infinity)"),
        (float("nan"), "float32", "NaN"),
        (-7, "int32", "(-7)"),
        (True, "bool", "1"),
    ],
)
def test_numbers(value: float, dtype: str, written: str):
    assert JAVASCRIPT.literal(value, dtype) == written


def test_numbers_keep_all_their_digits():
    third = np.float32(1) / np.float32(3)
    assert np.float32(JAVASCRIPT.literal(third.item(), "float32")) == third


def test_every_type_has_an_array_and_operations():
    assert set(DTYPES) == set(ARRAYS)
    assert set(DTYPES) <= set(JAVASCRIPT.operations)
    assert set(JAVASCRIPT.operations) == set(JAVASCRIPT.wrapped)
