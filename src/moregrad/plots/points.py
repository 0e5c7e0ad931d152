"""Points of two classes in the plane, and the regions into which a classifier divides it."""

from collections.abc import Callable
from math import inf, isfinite
from typing import Any

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from moregrad.errors import DataError
from moregrad.plots.canvas import BLUE, PALE_BLUE, PALE_VERMILION, VERMILION, make_axes

Grid = Float[np.ndarray, "rows columns"]


def scatter(positions: ArrayLike, labels: ArrayLike, *, axes: Axes | None = None) -> Axes:
    """Plots points of shape (count, 2): blue circles where the label is 0 or -1, vermilion squares where it is 1.

    Raises DataError for other shapes and labels, and for positions that are not finite.
    """
    positions, positive = _check_classes(positions, labels)
    axes = _make_map(*map(float, np.ptp(positions, axis=0))) if axes is None else axes
    style = {"s": 32, "edgecolors": "white", "linewidths": 0.6, "zorder": 2}
    axes.scatter(*positions[~positive].T, marker="o", color=BLUE, **style)
    axes.scatter(*positions[positive].T, marker="s", color=VERMILION, **style)
    axes.set_aspect("equal")
    return axes


def decision_boundary(
    score: Callable[[Float[np.ndarray, "count 2"]], ArrayLike],
    positions: ArrayLike,
    labels: ArrayLike,
    *,
    step: float = 0.25,
    margin: float = 1.0,
    axes: Axes | None = None,
) -> Axes:
    """Plots points over the regions where `score` is above 0 (vermilion) and where it is not (blue).

    `score` takes positions of shape (count, 2) and returns `count` scores, as `Program(model([x, y]), [x, y])` does.
    For a network that takes one point at a time, pass `lambda points: [model(point) for point in points]`. The score is
    evaluated on a mesh of squares of side `step` that extends `margin`, or one step if that is more, beyond the points.
    The defaults are those of micrograd's demo. Raises DataError as `scatter` does, for scores that are not `count`
    finite numbers, and for a step or margin that is not a length.
    """
    if not (isfinite(step) and step > 0 and isfinite(margin) and margin >= 0):
        raise DataError(f"step {step}, margin {margin}: the step must be a finite number above 0, the margin 0 or more")
    points, _ = _check_classes(positions, labels)
    x, y = np.meshgrid(*(_make_ticks(coordinates, step, max(step, margin)) for coordinates in points.T))
    scores = _score_mesh(score, x, y)
    axes = _make_map(float(np.ptp(x)), float(np.ptp(y))) if axes is None else axes
    # A region includes its upper bound, so a score of 0 is blue.
    axes.contourf(x, y, scores, levels=[-inf, 0, inf], colors=[PALE_BLUE, PALE_VERMILION], zorder=0)
    scatter(positions, labels, axes=axes)
    axes.set(xlim=(x.min(), x.max()), ylim=(y.min(), y.max()))
    return axes


def _make_map(width: float, height: float) -> Axes:
    """Axes in a figure as high as a map of that size needs, the same scale on both sides: no empty bands around it."""
    ratio = height / width if width else inf
    return make_axes(6, min(max(5.4 * ratio + 0.35, 2.5), 6.0))


def _check_classes(positions: Any, labels: Any) -> tuple[Float[np.ndarray, "count 2"], Any]:
    positions, labels = np.asarray(positions, np.float64), np.asarray(labels)
    if positions.ndim != 2 or positions.shape[1] != 2 or labels.shape != positions.shape[:1] or not labels.size:
        raise DataError(f"positions {positions.shape}, labels {labels.shape}: must be (count, 2) and (count,)")
    if not np.isfinite(positions).all():
        raise DataError("positions must be finite: there are infinite numbers or NaN among them")
    if not np.isin(labels, (-1, 0, 1)).all():
        raise DataError(f"labels {np.unique(labels)[:5].tolist()}: must be 0 and 1, or -1 and 1")
    return positions, labels > 0


def _make_ticks(coordinates: Float[np.ndarray, " count"], step: float, beyond: float) -> Float[np.ndarray, " ticks"]:
    return np.arange(coordinates.min() - beyond, coordinates.max() + beyond, step)


def _score_mesh(score: Callable[..., ArrayLike], x: Grid, y: Grid) -> Grid:
    scores = np.asarray(score(np.column_stack([x.ravel(), y.ravel()])), np.float64)
    if scores.shape != (x.size,):
        raise DataError(f"scores of shape {scores.shape} for {x.size} points: must be ({x.size},), one for each")
    if not np.isfinite(scores).all():
        raise DataError("scores must be finite: there are infinite numbers or NaN among them")
    return scores.reshape(x.shape)
