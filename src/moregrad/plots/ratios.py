"""Curves of the speed at which weights change."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from moregrad.errors import DataError
from moregrad.plots.canvas import INK, TEXT, beside_legend, draw_legend, draw_steps, line_styles, make_axes
from moregrad.plots.checks import check, to_floats

ADVISED = -3.0
"""The third lecture's advice: an update of about a thousandth of the weights."""


def update_ratios(
    by_path: Mapping[str, ArrayLike], *, steps: ArrayLike | None = None, axes: Axes | None = None
) -> Axes:
    """Plots log10 of the ratio of update to weight, [steps] by path, over the steps, as `update_ratios` takes them.

    `steps`, by default 0, 1, ..., are where they were taken. A dashed line marks a thousandth; minus infinity, for a
    weight that was not moved, is a gap. Raises DataError for other shapes, and for other numbers that are not finite.
    """
    if not isinstance(by_path, Mapping) or not by_path:
        raise DataError("update ratios must be arrays by the path of the weight, such as {'head.weight': array}")
    ratios = {path: _check(f"update ratios of {path}", array) for path, array in by_path.items()}
    width = max(map(len, ratios))
    axes = make_axes(7.5 + 0.066 * width, beside_legend(len(ratios))) if axes is None else axes
    for (path, ratio), style in zip(ratios.items(), line_styles(len(ratios)), strict=True):
        x = np.arange(len(ratio)) if steps is None else check("steps", steps, "steps")
        if len(x) != len(ratio):
            raise DataError(f"{len(x)} steps for {len(ratio)} update ratios of {path}: give one for each")
        axes.plot(x, ratio, label=path, linewidth=0.8, color=style["color"])
    axes.axhline(ADVISED, color=INK, linestyle=(0, (6, 3)), linewidth=1, label="a thousandth")
    draw_steps(axes)
    axes.set_ylabel("log10 of update : weight", fontsize=TEXT)
    draw_legend(axes)
    return axes


def _check(what: str, ratios: ArrayLike) -> Float[np.ndarray, " steps"]:
    """Returns the ratios with NaN, which leaves a gap, in place of minus infinity."""
    array = to_floats(what, ratios)
    still = np.isneginf(array)
    return np.where(still, np.nan, check(what, np.where(still, 0.0, array), "steps"))
