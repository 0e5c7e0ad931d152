"""The standard error of a loss against that of many random samples."""

import math

import numpy as np
import pytest

from moregrad.evaluation.precision import standard_error


def test_it_is_the_spread_of_the_means_of_many_samples():
    random = np.random.default_rng(0)
    sizes = random.integers(2, 12, 100_000)
    totals = sizes * 2.0 + random.gamma(2.0, 2.0, len(sizes))
    drawn = random.integers(0, len(sizes), (4000, 200))
    spread = (totals[drawn].sum(1) / sizes[drawn].sum(1)).std()
    told = [standard_error(totals[sample], sizes[sample]) for sample in drawn[:200]]
    assert np.mean(np.array(told, float)) == pytest.approx(spread, rel=0.03)


def test_words_of_one_length_have_the_error_of_an_ordinary_mean():
    totals = np.array([8.0, 12.0, 10.0, 14.0])
    assert standard_error(totals, np.full(4, 4)) == pytest.approx((totals / 4).std(ddof=1) / 2)


def test_a_loss_that_is_everywhere_the_same_has_no_error():
    assert standard_error(np.array([6.0, 8.0]), np.array([3, 4])) == 0


@pytest.mark.parametrize("totals", [[], [5.0], [5.0, math.inf], [math.nan, 1.0]])
def test_what_has_no_error_says_so(totals: list[float]):
    assert standard_error(np.array(totals), np.full(len(totals), 2)) is None
