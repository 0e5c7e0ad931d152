"""Losses over the steps of a training, and of several."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.ticker import FormatStrFormatter, LogLocator, MaxNLocator, NullFormatter, ScalarFormatter
from numpy.typing import ArrayLike

from moregrad.errors import DataError
from moregrad.plots.canvas import (
    BLUE,
    PALE_BLUE,
    TEXT,
    beside_legend,
    draw_legend,
    draw_steps,
    line_styles,
    make_axes,
)
from moregrad.plots.checks import check

Curve = tuple[Float[np.ndarray, " points"], Float[np.ndarray, " points"]]


def losses(losses: ArrayLike, *, average: int = 1000, axes: Axes | None = None) -> Axes:
    """Plots the loss of every step, [steps], pale, and the mean of each block of `average` steps, dark.

    The axis of losses is logarithmic if all are above 0. Steps after the last full block have no mean. Raises DataError
    for another shape, numbers that are not finite, and an `average` of less than 1.
    """
    values = check("losses", losses, "steps")
    if average < 1:
        raise DataError(f"a mean over {average} steps: must be over at least 1")
    axes = make_axes(7, 4.5) if axes is None else axes
    axes.plot(np.arange(len(values)), values, color=PALE_BLUE, linewidth=0.5, label="each step")
    if blocks := len(values) // average:
        means = values[: blocks * average].reshape(blocks, average).mean(axis=1)
        middles = np.arange(blocks) * average + (average - 1) / 2
        marker = "o" if blocks == 1 else ""
        axes.plot(middles, means, color=BLUE, linewidth=1.8, marker=marker, label=f"mean of {average:,} steps")
    _scale(axes, values)
    _decorate(axes)
    axes.legend(fontsize=TEXT - 1)
    return axes


def compare_runs(
    curves: Mapping[str, tuple[ArrayLike, ArrayLike]],
    *,
    final: Mapping[str, float] | None = None,
    axes: Axes | None = None,
) -> Axes:
    """Plots several losses by name, each as its steps and its losses, both [points], with the final ones in the legend.

    `final` are losses measured after training; without it, the legend has the last of each curve. A name that has only
    a final loss, as tables of counts do, is a level line. Raises DataError for shapes that differ, numbers that are
    not finite, and no loss at all.
    """
    drawn = {name: _check_curve(name, *curve) for name, curve in curves.items()}
    finals = {name: float(check(f"the final loss of {name}", [loss], "one")[0]) for name, loss in (final or {}).items()}
    lasts = {name: float(curve[1][-1]) for name, curve in drawn.items() if name not in finals}
    finals |= lasts
    if not finals:
        raise DataError("there are no losses to compare; give some by name, such as {'gru': (steps, losses)}")
    width = max(5, *map(len, finals))
    axes = make_axes(7 + 0.066 * width, beside_legend(len(finals))) if axes is None else axes
    for name, style in zip(finals, line_styles(len(finals)), strict=True):
        line = f"{name:{width}} {finals[name]:8.4f}"
        if name in drawn:
            marker = "o" if len(drawn[name][0]) < 3 else ""
            axes.plot(*drawn[name], label=line, linewidth=1.6, marker=marker, markersize=4, **style)
        else:
            axes.axhline(finals[name], label=line, linewidth=1.6, **style)
    _scale(axes, np.concatenate([*(curve[1] for curve in drawn.values()), list(finals.values())]))
    _decorate(axes)
    draw_legend(axes, f"{'':7}{'':{width}} {'final' if final else 'last':>8}")
    return axes


def _check_curve(name: str, steps: ArrayLike, values: ArrayLike) -> Curve:
    steps, values = check(f"steps of {name}", steps, "points"), check(f"losses of {name}", values, "points")
    if len(steps) != len(values):
        raise DataError(f"{len(steps)} steps for {len(values)} losses of {name}: give one for each")
    return steps, values


def _scale(axes: Axes, values: Float[np.ndarray, " values"]) -> None:
    if values.min() <= 0:
        return
    axes.set_yscale("log")
    if values.max() > 10 * values.min():
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_major_formatter(FormatStrFormatter("%.4g"))
    else:
        axes.yaxis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 2.5, 5, 10]))
        axes.yaxis.set_major_formatter(ScalarFormatter(useOffset=False))  # As many decimals at every tick.
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.minorticks_off()


def _decorate(axes: Axes) -> None:
    draw_steps(axes)
    axes.set_ylabel("loss (nats per character)", fontsize=TEXT)
