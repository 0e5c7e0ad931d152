"""The graph of a function of one number."""

from collections.abc import Callable
from math import isfinite, nan
from typing import SupportsFloat

import numpy as np
from matplotlib.axes import Axes

from moregrad.errors import DataError, MoregradError
from moregrad.plots.canvas import draw_grid, make_axes
from moregrad.scalar.value import Value

# Functions of floats raise other errors than Values where they are not defined: math.log(-1) and 1 / 0.
UNDEFINED = (MoregradError, ArithmeticError, ValueError)


def curve(
    f: Callable[..., SupportsFloat], start: float, stop: float, *, points: int = 200, axes: Axes | None = None
) -> Axes:
    """Plots `f` at `points` numbers from `start` to `stop`, both included.

    `f` takes a float or, if it does not accept floats, a Value, and returns a float or a Value: `math.tanh` and
    `Value.tanh` have the same curve. The line has a gap where `f` is not defined or not finite. Raises DataError for an
    empty or infinite range, fewer than 2 points, and a function that is defined nowhere in the range.
    """
    if not (isfinite(start) and isfinite(stop) and start < stop):
        raise DataError(f"a curve from {start} to {stop}: must go from a finite number to a greater one")
    if points < 2:
        raise DataError(f"a curve of {points} points: must have at least 2")
    x = np.linspace(start, stop, points)
    y = np.array([_evaluate(f, float(number)) for number in x])
    if np.isnan(y).all():
        raise DataError(f"{f!r} is defined at none of {points} points from {start} to {stop}: draw it somewhere else")
    axes = make_axes(6, 4) if axes is None else axes
    axes.update_datalim([(start, 0), (stop, 0)], updatey=False)  # The whole range, even where f is not defined.
    axes.plot(x, y, linewidth=2)
    draw_grid(axes)
    return axes


def _evaluate(f: Callable[..., SupportsFloat], x: float) -> float:
    try:
        y = _call(f, x)
    except UNDEFINED:
        return nan
    return y if isfinite(y) else nan


def _call(f: Callable[..., SupportsFloat], x: float) -> float:
    try:
        return float(f(x))
    except (TypeError, AttributeError):  # As Value.tanh(0.5) and (0.5).tanh() do.
        return float(f(Value(x)))
