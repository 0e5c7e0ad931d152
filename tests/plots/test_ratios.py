"""Update ratios over the steps."""

import numpy as np
import pytest

from moregrad.errors import DataError
from moregrad.plots import update_ratios
from plots.figures import render


def test_each_weight_has_a_line_and_a_thousandth_is_marked():
    axes = update_ratios({"embedding.weight": [-3.5, -3.2], "head.weight": [-2.5, -2.1]})
    first, second, guide = axes.get_lines()
    assert np.asarray(first.get_ydata()).tolist() == [-3.5, -3.2]
    assert np.asarray(second.get_xdata()).tolist() == [0, 1]
    assert set(np.asarray(guide.get_ydata()).tolist()) == {-3.0}
    assert render(axes)


def test_a_weight_that_was_not_moved_is_a_gap():
    (line, _) = update_ratios({"w": [-np.inf, -3.0]}).get_lines()
    assert np.isnan(np.asarray(line.get_ydata())).tolist() == [True, False]


def test_steps_of_ones_own_are_the_axis():
    (line, _) = update_ratios({"w": [-3.0, -2.0]}, steps=[100, 200]).get_lines()
    assert np.asarray(line.get_xdata()).tolist() == [100, 200]


@pytest.mark.parametrize(
    ("ratios", "steps", "message"),
    [
        ({"w": [1, np.nan]}, None, "update ratios of w must be finite"),
        ({"w": [1, np.inf]}, None, "update ratios of w must be finite"),
        ({"w": "x"}, None, "update ratios of w must be numbers in an array"),
        ({"w": [[1]]}, None, r"must be \(steps\)"),
        ({"w": [1, 2]}, [1], "1 steps for 2 update ratios of w"),
        ({}, None, "must be arrays by the path of the weight"),
    ],
)
def test_ratios_that_are_none_are_refused(ratios, steps, message):
    with pytest.raises(DataError, match=message):
        update_ratios(ratios, steps=steps)
