"""The graph of a function of one number."""

from collections.abc import Callable
from math import isfinite, nan
from typing import SupportsFloat

import numpy as np
from matplotlib.axes import Axes

from moregrad.errors import DataError, MoregradError
from moregrad.plots.canvas import GUIDE, blank
from moregrad.scalar.value import Value

# What the scalar engine, too, takes for "not defined here": math.log(-1) and 1 / 0 are no MoregradErrors.
UNDEFINED = (MoregradError, ArithmeticError, ValueError)


def curve(
    f: Callable[..., SupportsFloat], start: float, stop: float, *, points: int = 200, axes: Axes | None = None
) -> Axes:
    """Draws `f` at `points` numbers from `start` to `stop`, both included.

    `f` is called with one float, or, if it does not take floats as they are, with one Value, and returns a float or a
    Value: `curve(math.tanh, -5, 5)` and `curve(Value.tanh, -5, 5)` are the same picture. Where it is not defined or not
    finite, the line has a gap. Raises DataError for a range or a number of points that has no line, and for a function
    that is defined nowhere in the range.
    """
    if not (isfinite(start) and isfinite(stop) and start < stop):
        raise DataError(f"a curve from {start} to {stop}: must go from a finite number to a greater one")
    if points < 2:
        raise DataError(f"a curve of {points} points: must have at least 2")
    x = np.linspace(start, stop, points)
    y = np.array([_height(f, float(place)) for place in x])
    if np.isnan(y).all():
        raise DataError(f"{f!r} is defined at none of {points} points from {start} to {stop}: draw it somewhere else")
    axes = blank(6, 4) if axes is None else axes
    axes.update_datalim([(start, 0), (stop, 0)], updatey=False)  # The whole range, also where f is not defined.
    axes.plot(x, y, linewidth=2)
    axes.grid(color=GUIDE, linewidth=0.5)
    axes.set_axisbelow(True)
    return axes


def _height(f: Callable[..., SupportsFloat], x: float) -> float:
    try:
        y = _called(f, x)
    except UNDEFINED:
        return nan
    return y if isfinite(y) else nan


def _called(f: Callable[..., SupportsFloat], x: float) -> float:
    try:
        return float(f(x))
    except (TypeError, AttributeError):  # Value.tanh(0.5) is the one, (0.5).tanh() the other.
        return float(f(Value(x)))
