"""Curves of functions of one number."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes

from moregrad.errors import DataError
from moregrad.plots import curve
from moregrad.scalar import MLP, Value
from plots.figures import render


def line(axes: Axes) -> tuple[np.ndarray, np.ndarray]:
    """The numbers behind the only curve."""
    (only,) = axes.get_lines()
    return np.asarray(only.get_xdata()), np.asarray(only.get_ydata())


@pytest.mark.parametrize("f", [math.tanh, Value.tanh, lambda x: x.tanh(), lambda x: Value(x).tanh()])
def test_a_curve_takes_functions_of_floats_and_of_values(f):
    x, y = line(curve(f, -5, 5, points=11))
    assert x.tolist() == np.linspace(-5, 5, 11).tolist()
    assert y == pytest.approx(np.tanh(x))


def test_a_network_of_one_input_has_a_curve():
    model = MLP(1, [4, 1], activation="tanh", rng=random.Random(0))
    _, y = line(curve(lambda x: model([x]), -1, 1, points=3))
    assert y.tolist() == [model([x]).data for x in (-1.0, 0.0, 1.0)]


@pytest.mark.parametrize("f", [Value.log, math.log, lambda x: float("nan") if x <= 0 else math.log(x)])
def test_a_curve_has_a_gap_where_its_function_is_not_defined(f):
    axes = curve(f, -2, 2, points=9)
    x, y = line(axes)
    assert np.isnan(y[x <= 0]).all()
    assert y[x > 0] == pytest.approx(np.log(x[x > 0]))
    assert axes.get_xlim()[0] <= -2
    assert axes.get_xlim()[1] >= 2
    assert render(axes)


@pytest.mark.parametrize("f", [lambda x: 1 / x, lambda x: 1 / Value(x), lambda x: float("inf") if x == 0 else 1 / x])
def test_a_curve_has_a_gap_at_a_pole(f):
    _, y = line(curve(f, -1, 1, points=3))
    assert y == pytest.approx([-1, math.nan, 1], nan_ok=True)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 50))
def test_a_curve_begins_and_ends_where_it_is_told_to(start, width, points):
    x, y = line(curve(math.fabs, start, start + width, points=points))
    assert (x[0], x[-1], len(x)) == (start, start + width, points)
    assert np.array_equal(y, abs(x))


def test_curves_in_one_picture_have_different_colours():
    axes = curve(math.sin, 0, 6)
    curve(math.cos, 0, 6, axes=axes)
    assert len({line_drawn.get_color() for line_drawn in axes.get_lines()}) == 2


@pytest.mark.parametrize(("start", "stop"), [(1, 1), (2, 1), (0, math.inf), (math.nan, 1)])
def test_a_range_without_length_is_refused(start, stop):
    with pytest.raises(DataError, match=f"a curve from {start} to {stop}: must go from a finite number to a greater"):
        curve(math.tanh, start, stop)


def test_a_curve_of_one_point_and_one_that_is_defined_nowhere_are_refused():
    with pytest.raises(DataError, match="a curve of 1 points: must have at least 2"):
        curve(math.tanh, 0, 1, points=1)
    with pytest.raises(DataError, match="defined at none of 200 points from -2 to -1"):
        curve(math.log, -2, -1)


def test_a_mistake_in_a_function_is_not_taken_for_a_gap():
    with pytest.raises(AttributeError, match="tahn"):
        curve(lambda x: x.tahn(), -1, 1)
