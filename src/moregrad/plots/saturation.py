"""Units that have stopped to learn."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from moregrad.plots.canvas import TEXT, VERMILION, make_axes
from moregrad.plots.checks import check

NEARLY_ONE = 0.99
"""The absolute value above which the third lecture draws a tanh white."""


def dead_units(activations: ArrayLike, *, axes: Axes | None = None) -> Axes:
    """Plots where the activations of a layer of tanh, [batch units], are saturated: white above 0.99, else black.

    A unit that is white for every example learns nothing from them; a vermilion triangle marks it. Raises DataError for
    another shape, and for numbers that are not finite.
    """
    saturated = abs(check("activations", activations, "batch units")) > NEARLY_ONE
    batch, units = saturated.shape
    axes = make_axes(9, float(np.clip(9 * batch / units + 1, 2.5, 9))) if axes is None else axes
    axes.imshow(saturated, cmap="gray", vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    dead = np.flatnonzero(saturated.all(axis=0))
    if dead.size:
        axes.plot(dead, np.full(len(dead), -0.5), "v", color=VERMILION, markersize=7, clip_on=False)
    always = f"{len(dead)} of {units} units are so for all {batch} examples"
    axes.set_title(f"{saturated.mean():.1%} of the activations are saturated; {always}", fontsize=TEXT, pad=10)
    axes.set_xlabel("unit", fontsize=TEXT)
    axes.set_ylabel("example", fontsize=TEXT)
    axes.tick_params(labelsize=TEXT)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(integer=True))
    return axes
