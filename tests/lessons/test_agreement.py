"""Agreement of answers."""

import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.lessons.agreement import describe, find_difference
from moregrad.scalar import Value


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (1.0, 1),
        (Value(2.0), 2.0),
        (np.float32(0.5), 0.5),
        (jnp.asarray(0.5), 0.5),
        (1e9 + 1, 1e9),
        (float("inf"), float("inf")),
        (float("nan"), float("nan")),
        ([1, 2], np.array([1.0, 2.0])),
        (jnp.ones(3), [1.0, 1.0, 1.0]),
        ([Value(1.0), 2], (1, 2)),
        ("emma", "emma"),
        (True, True),
        ({"a": 1}, {"a": 1.0}),
        ([("a", 1), ("b", 2)], [("a", 1), ("b", 2)]),
        ([[1, 2], [3]], [[1, 2], [3]]),
        ([[1.0, 0.0], (0, 1)], np.eye(2)),
        ([np.ones(2), np.zeros(2)], np.array([[1, 1], [0, 0]])),
        ([], []),
    ],
)
def test_answers_that_mean_the_same_agree(given, expected):
    assert find_difference(given, expected, 1e-6) == ""


@pytest.mark.parametrize(
    ("given", "expected", "difference"),
    [
        (None, 1.0, "is None; a return is missing"),
        (2, 3, "is 2; must be 3"),
        (1.0001, 1.0, "is 1.0001; must be 1"),
        (float("nan"), 1.0, "is nan; must be 1"),
        (True, 1.0, "is True; must be a number"),
        ("3", 3.0, "is '3'; must be a number"),
        ("emma", "olivia", "is 'emma'; must be 'olivia'"),
        (1.0, True, "is 1; must be True"),
        (3.0, np.ones(2), "is 3; must be 2 numbers"),
        (3.0, np.ones((2, 1)), "is 3; must be 2 numbers of shape (2, 1)"),
        (np.ones((2, 1)), np.ones(2), "has shape (2, 1); must have (2,)"),
        ([[1, 2], [3, 4]], np.ones(4), "has shape (2, 2); must have (4,)"),
        ([[1, 2], [3]], np.ones(3), "is [[1, 2], [3]]; must be 3 numbers"),
        ([1, 5], [1, 2], "has 1 wrong number of 2: the first, at 1, is 5; must be 2"),
        (np.zeros((2, 2)), np.eye(2), "has 2 wrong numbers of 4: the first, at (0, 0), is 0; must be 1"),
        ({}, {"a": 1}, "lacks the key 'a'"),
        ({"a": 1, "b": 2}, {"a": 1}, "has the key 'b', which does not belong in it"),
        ({"a": 2}, {"a": 1}, "at 'a' is 2; must be 1"),
        (["a"], ["a", "b"], "has length 1; must have 2"),
        ("ab", ["a", "b"], "is 'ab'; must be a list of 2"),
        ([["a"], "b"], [["a"], ["b"]], "at 1 is 'b'; must be a list of 1"),
    ],
)
def test_answers_that_differ_are_told_where(given, expected, difference):
    assert find_difference(given, expected, 1e-6) == difference


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (np.ones((3, 4)), "an array of shape (3, 4)"),
        (np.array([1, 2]), "[1, 2]"),
        (Value(2.0), "2"),
        ([Value(2.0), Value(3.0)], "[2.0, 3.0]"),
        ([Value(2.0)] * 5, "5 Values"),
        (1 / 3, "0.33333333"),
        (max, "max"),
    ],
)
def test_an_answer_is_shown_short(answer, shown):
    assert describe(answer) == shown


def test_a_long_answer_is_cut():
    assert len(describe("x" * 1000)) < 200
