"""The learning-rate range test."""

import numpy as np
import pytest

from moregrad.errors import DataError
from moregrad.plots import range_test
from plots.figures import render

RATES = 10 ** np.linspace(-3, 0, 50)
LOSSES = 3 + (np.log10(RATES) + 1) ** 2
MARKS = {"steepest": 0.01, "tenth": 0.01, "minimum": 0.1}


def points(axes, name: str) -> tuple[float, float]:
    line = next(line for line in axes.get_lines() if str(line.get_label()).startswith(name))
    return float(np.asarray(line.get_xdata())[0]), float(np.asarray(line.get_ydata())[0])


def test_recommendations_are_marked_on_the_curve_with_their_rates():
    axes = range_test(RATES, LOSSES, marks=MARKS)
    assert points(axes, "minimum: 0.1") == pytest.approx((-1, 3), abs=1e-3)
    assert points(axes, "steepest: 0.01") == pytest.approx((-2, 4), abs=1e-2)
    assert render(axes)


def test_against_the_rate_marks_stand_at_the_rate():
    axes = range_test(RATES, LOSSES, marks=MARKS, against="rate")
    assert points(axes, "minimum") == pytest.approx((0.1, 3), abs=1e-3)
    assert axes.get_xlabel() == "learning rate"


def test_losses_of_each_step_are_drawn_beside_their_average():
    axes = range_test(RATES, LOSSES + 0.1, averaged=LOSSES)
    assert [line.get_label() for line in axes.get_lines()] == ["loss of each step", "averaged"]


def test_a_loss_that_explodes_leaves_the_picture():
    low, high = range_test(RATES, [3.0] * 49 + [1e6]).get_ylim()
    assert low < 3 < 6 < high < 7


@pytest.mark.parametrize("losses", [[2.0] * 50, [0.0] * 50, [-1.0] * 50])
def test_constant_losses_are_drawn(losses):
    assert render(range_test(RATES, losses))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0.1], [1, 2]), "1 rates, 2 losses, 2 averaged: must be as many of each"),
        (([0, 0.1], [1, 2]), "rates hold 0: a learning rate is above 0"),
        (([0.1, 0.2], [1, np.nan]), "losses must be finite"),
    ],
)
def test_a_curve_that_is_none_is_refused(arguments, message):
    with pytest.raises(DataError, match=message):
        range_test(*arguments)


def test_marks_elsewhere_and_other_axes_are_refused(untyped_caller):
    with pytest.raises(DataError, match=r"minimum is 2: a mark lies between the rates, 0\.001 and 1"):
        range_test(RATES, LOSSES, marks={"minimum": 2})
    with pytest.raises(DataError, match="against is 'step': it is 'exponent' or 'rate'"):
        range_test(RATES, LOSSES, against="step")  # pyright: ignore[reportArgumentType]
