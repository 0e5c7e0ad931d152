"""Numbers that can be drawn."""

import numpy as np
import pytest

from moregrad.errors import DataError
from moregrad.plots.checks import check, check_characters, check_paths, to_numbers


def test_numbers_of_the_right_shape_come_back_as_float64():
    assert check("a matrix", [[1, 2]], "rows columns").tolist() == [[1.0, 2.0]]
    assert check("a matrix", np.ones((1, 1), np.float32), "rows columns").dtype == np.float64


@pytest.mark.parametrize("wrong", [[1, 2], [[[1]]], np.zeros((0, 2))])
def test_other_shapes_are_refused(wrong):
    with pytest.raises(DataError, match=r"a matrix of shape \(.*\): must be \(rows, columns\), with at least one"):
        check("a matrix", wrong, "rows columns")


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_are_refused(wrong):
    with pytest.raises(DataError, match="losses must be finite: there are infinite numbers or NaN among them"):
        to_numbers("losses", [1, wrong])


@pytest.mark.parametrize("wrong", ["emma", [[1], [1, 2]], [object()]])
def test_what_is_no_array_of_numbers_is_refused(wrong):
    with pytest.raises(DataError, match="losses must be numbers in an array"):
        to_numbers("losses", wrong)


def test_arrays_by_path_say_which_of_them_is_wrong():
    assert list(check_paths("gradients", {"a": [1], "b": [[2]]})) == ["a", "b"]
    with pytest.raises(DataError, match="gradients of b must be finite"):
        check_paths("gradients", {"a": [1], "b": [np.nan]})
    with pytest.raises(DataError, match=r"gradients of b of shape \(0,\): must hold at least one number"):
        check_paths("gradients", {"b": []})


def test_no_paths_at_all_are_refused(untyped_caller):
    for wrong in ({}, [1, 2]):
        with pytest.raises(DataError, match="gradients must be arrays by the path of their layer"):
            check_paths("gradients", wrong)  # pyright: ignore[reportArgumentType]


def test_there_is_one_character_for_each_row():
    assert check_characters(".ab", 3, "rows") == [".", "a", "b"]
    with pytest.raises(DataError, match="3 characters for 4 rows: give one for each"):
        check_characters(".ab", 4, "rows")
