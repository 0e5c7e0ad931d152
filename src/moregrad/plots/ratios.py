"""How fast weights change."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from moregrad.errors import DataError
from moregrad.plots.canvas import INK, TEXT, draw_grid, draw_legend, line_styles, make_axes
from moregrad.plots.checks import check

ADVISED = -3.0
"""The third lecture's advice: an update of about a thousandth of the weights."""


def update_ratios(
    by_path: Mapping[str, ArrayLike], *, steps: ArrayLike | None = None, axes: Axes | None = None
) -> Axes:
    """Plots the size of each weight's update relative to the weight, [steps], as powers of ten over the steps.

    The ratios are those of standard deviations; `steps`, by default 0, 1, ..., are where they were taken. A dashed line
    marks a thousandth. Raises DataError for other shapes, and for ratios that are not finite or negative.
    """
    if not isinstance(by_path, Mapping) or not by_path:
        raise DataError("update ratios must be arrays by the path of the weight, such as {'head.weight': array}")
    ratios = {path: check(f"update ratios of {path}", array, "steps") for path, array in by_path.items()}
    width = max(map(len, ratios))
    axes = make_axes(7.5 + 0.066 * width, max(4.0, 0.16 * len(ratios) + 0.8)) if axes is None else axes
    for (path, ratio), style in zip(ratios.items(), line_styles(len(ratios)), strict=True):
        if ratio.min() < 0:
            raise DataError(f"update ratios of {path} hold {ratio.min():g}: they must be 0 or more")
        x = np.arange(len(ratio)) if steps is None else check("steps", steps, "steps")
        if len(x) != len(ratio):
            raise DataError(f"{len(x)} steps for {len(ratio)} update ratios of {path}: give one for each")
        axes.plot(x, _exponents(ratio), label=path, linewidth=0.8, color=style["color"])
    axes.axhline(ADVISED, color=INK, linestyle=(0, (6, 3)), linewidth=1, label="a thousandth")
    draw_grid(axes)
    axes.set_xlabel("step", fontsize=TEXT)
    axes.set_ylabel("log10 of update : weight", fontsize=TEXT)
    axes.tick_params(labelsize=TEXT)
    draw_legend(axes)
    return axes


def _exponents(ratio: np.ndarray) -> np.ndarray:
    """Returns log10; a weight that was not moved leaves a gap."""
    return np.log10(np.where(ratio > 0, ratio, np.nan))
