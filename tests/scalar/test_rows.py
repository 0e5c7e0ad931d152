"""Rows and weights of programs as arrays."""

from typing import Any

import numpy as np
import pytest

from moregrad.errors import ScalarError
from moregrad.scalar import Value
from moregrad.scalar.rows import read_rows, read_weights


def test_rows_become_columns():
    columns, single = read_rows([[1, 2], [3, 4], [5, 6]], 2)
    assert (columns.tolist(), single, columns.flags.c_contiguous) == ([[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]], False, True)


def test_one_example_needs_no_list_around_it_and_may_contain_values():
    columns, single = read_rows([Value(2.0), 3], 2)
    assert (columns.tolist(), single) == ([[2.0], [3.0]], True)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("ab", "rows of numbers"),
        ([["a", "b"]], "rows of numbers"),
        ([[1.0, None]], "rows of several examples must be numbers"),
        ([10**400, 1.0], "rows of numbers"),
        ([1j, 1.0], "rows of numbers"),
        (None, "of shape"),
        ([[1.0]], r"of shape \(1, 1\)"),
        ([[1.0, np.nan]], r"first at \[0, 1\]"),
    ],
)
def test_what_is_no_row_of_two_numbers_is_refused(rows: Any, told: str):
    with pytest.raises(ScalarError, match=told):
        read_rows(rows, 2)


@pytest.mark.parametrize(
    "weights", ["ab", ["a", "b"], [1.0], [[1.0, 2.0]], [np.nan, 1.0], [10**400, 1.0], None, object()]
)
def test_weights_are_a_finite_number_for_each_example(weights: Any):
    with pytest.raises(ScalarError, match=r"weights .* must be"):
        read_weights(weights, 2)
    assert read_weights([1, 2], 2).tolist() == [1.0, 2.0]
