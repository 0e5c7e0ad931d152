"""Histograms of what flows through a network, one line per layer."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from moregrad.errors import DataError
from moregrad.plots.canvas import TEXT, beside_legend, draw_grid, draw_legend, line_styles, make_axes
from moregrad.plots.checks import check_paths

BINS = 40
"""The most bins; few numbers have fewer."""
WIDEST = 8.0
"""Deviations of the median layer that are shown on each side of 0."""
SATURATED = 0.97
"""The absolute value above which the third lecture calls a tanh saturated."""

Arrays = dict[str, Float[np.ndarray, "..."]]


def activations(by_path: Mapping[str, ArrayLike], *, axes: Axes | None = None) -> Axes:
    """Plots how the activations of each layer are distributed: one line per path, arrays of any shape.

    The legend has the mean, the standard deviation with n - 1, and the share whose absolute value is above 0.97, where
    a tanh is saturated; a layer that exceeds 1 is none and has no such share. Raises DataError for numbers that are not
    finite, and for no layer at all.
    """
    arrays = check_paths("activations", by_path)
    facts = {p: f"{a.mean():+9.2f} {_deviation(a):9.2f} {_saturated(a):>9}" for p, a in arrays.items()}
    return _draw(arrays, facts, f"{'mean':>9} {'deviation':>9} {'saturated':>9}", "activation", axes)


def gradients(by_path: Mapping[str, ArrayLike], *, axes: Axes | None = None) -> Axes:
    """Plots how the gradients at the output of each layer are distributed: one line per path, arrays of any shape.

    The legend has the mean and the standard deviation. Raises DataError as `activations` does.
    """
    arrays = check_paths("gradients", by_path)
    facts = {path: f"{array.mean():+9.1e} {_deviation(array):9.1e}" for path, array in arrays.items()}
    axes = _draw(arrays, facts, f"{'mean':>9} {'deviation':>9}", "gradient at the output of the layer", axes)
    return _limit(axes, arrays)


def weight_gradients(
    by_path: Mapping[str, ArrayLike], weights: Mapping[str, ArrayLike], *, axes: Axes | None = None
) -> Axes:
    """Plots how the gradients of each weight are distributed: one line per path, `weights` being of the same paths.

    The legend has the mean, the standard deviation, and the ratio of the gradients' deviation to that of the weights.
    Raises DataError for paths or shapes that differ, for numbers that are not finite, and for no weight at all.
    """
    arrays, data = check_paths("gradients", by_path), check_paths("weights", weights)
    for path, array in arrays.items():
        if path not in data or data[path].shape != array.shape:
            other = f"weights of shape {data[path].shape}" if path in data else "no weights"
            raise DataError(f"gradients of {path} of shape {array.shape}, {other}: must be of one shape")
    facts = {p: f"{a.mean():+9.1e} {_deviation(a):9.1e} {_ratio(a, data[p]):>9}" for p, a in arrays.items()}
    axes = _draw(arrays, facts, f"{'mean':>9} {'deviation':>9} {'grad:data':>9}", "gradient of the weight", axes)
    return _limit(axes, arrays)


def _ratio(gradient: Float[np.ndarray, "..."], data: Float[np.ndarray, "..."]) -> str:
    return f"{_deviation(gradient) / _deviation(data):.1e}" if _deviation(data) else "-"


def _deviation(array: Float[np.ndarray, "..."]) -> float:
    return float(array.std(ddof=1)) if array.size > 1 else 0.0


def _saturated(array: Float[np.ndarray, "..."]) -> str:
    return f"{(abs(array) > SATURATED).mean():.2%}" if abs(array).max() <= 1 else "-"


def _draw(arrays: Arrays, facts: Mapping[str, str], columns: str, what: str, axes: Axes | None) -> Axes:
    width = max(5, *map(len, arrays))
    axes = make_axes(7.5 + 0.066 * width, beside_legend(len(arrays))) if axes is None else axes
    for (path, array), style in zip(arrays.items(), line_styles(len(arrays)), strict=True):
        density, edges = _histogram(array)
        axes.plot((edges[:-1] + edges[1:]) / 2, density, label=f"{path:{width}} {facts[path]}", linewidth=1.5, **style)
    draw_grid(axes)
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7))
    axes.set_xlabel(what, fontsize=TEXT)
    axes.set_ylabel("density", fontsize=TEXT)
    axes.tick_params(labelsize=TEXT)
    draw_legend(axes, f"{'':7}{'layer':{width}} {columns}")
    return axes


def _limit(axes: Axes, arrays: Arrays) -> Axes:
    """Leaves out what is further from 0 than most layers reach, so that one wide line does not narrow all others."""
    reach = WIDEST * float(np.median([_deviation(array) for array in arrays.values()]))
    low, high = axes.get_xlim()
    if reach:
        axes.set_xlim(max(low, -reach), min(high, reach))
    return axes


def _histogram(array: Float[np.ndarray, "..."]) -> tuple[Float[np.ndarray, " bins"], Float[np.ndarray, " edges"]]:
    low, high = float(array.min()), float(array.max())
    if high - low <= 1e-9 * max(abs(low), abs(high)):  # One value only: a bin around it.
        half = max(abs(low), 1e-3) / 2
        low, high = low - half, high + half
    bins = min(BINS, max(1, round(array.size**0.5)))
    return np.histogram(array, bins=bins, range=(low, high), density=True)
