"""A comparison of one's own gradient with a reference, on one line."""

import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.backprop import Comparison, compare

ONES = np.ones((2, 3), np.float32)


@pytest.mark.parametrize(
    ("difference", "exact", "approximate"), [(0, True, True), (1e-6, False, True), (0.5, False, False)]
)
def test_a_comparison_tells_how_near_the_numbers_are(difference: float, exact: bool, approximate: bool):
    mine = ONES.copy()
    mine[1, 2] += difference
    found = compare("W1", mine, jnp.asarray(ONES))
    assert (found.exact, found.approximate) == (exact, approximate)
    assert found.difference == pytest.approx(difference, rel=0.1)


def test_the_lines_of_several_are_aligned(capsys: pytest.CaptureFixture[str]):
    compare("h", ONES, ONES)
    compare("counts_sum_inv", ONES + 1, ONES)
    first, second = capsys.readouterr().out.splitlines()
    assert first == "h               exact yes  approximate yes  largest difference 0"
    assert second == "counts_sum_inv  exact no   approximate no   largest difference 1"


def test_shapes_that_differ_are_told_and_never_equal(capsys: pytest.CaptureFixture[str]):
    found = compare("W2", ONES, ONES.T)
    assert capsys.readouterr().out == "W2              has shape (2, 3); the reference has (3, 2)\n"
    assert found == Comparison("W2", (2, 3), (3, 2), exact=False, approximate=False, difference=float("inf"))


def test_shapes_that_would_broadcast_are_no_match():
    assert not compare("b1", np.ones((1, 3)), np.ones(3)).approximate


def test_a_number_that_is_none_is_a_difference():
    found = compare("loss", np.array([np.nan, 1]), np.ones(2))
    assert not found.exact
    assert not found.approximate
    assert np.isnan(found.difference)


def test_infinities_of_one_sign_are_equal():
    found = compare("logs", np.array([-np.inf, 1.0]), np.array([-np.inf, 1.5]))
    assert found.difference == 0.5
    assert compare("logs", [np.inf], [-np.inf]).difference == np.inf


def test_single_numbers_and_nothing_at_all_are_compared_too():
    assert compare("loss", np.float32(1), 1.0).exact
    assert compare("none", np.empty(0), np.empty(0)).difference == 0
