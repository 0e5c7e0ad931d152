"""The learning-rate range test (Smith 2017)."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from moregrad.errors import DataError
from moregrad.plots.canvas import BLUE, GREEN, INK, PALE_BLUE, PURPLE, TEXT, VERMILION, draw_grid, make_axes
from moregrad.plots.checks import check

MARKS = (("o", VERMILION), ("s", GREEN), ("D", PURPLE), ("^", INK))


def range_test(
    rates: ArrayLike,
    losses: ArrayLike,
    *,
    averaged: ArrayLike | None = None,
    marks: Mapping[str, float] | None = None,
    against: Literal["exponent", "rate"] = "exponent",
    axes: Axes | None = None,
) -> Axes:
    """Plots the loss of each step, [steps], against its learning rate, or against the rate's power of ten.

    `averaged` are the losses made smooth, `marks` the recommended rates by name, such as {"steepest": 0.1}. Where the
    loss is more than twice what it was at first, the line leaves the picture. Raises DataError for shapes that differ,
    numbers that are not finite, and rates that are not above 0.
    """
    rates, losses = check("rates", rates, "steps"), check("losses", losses, "steps")
    smooth = losses if averaged is None else check("averaged losses", averaged, "steps")
    if not len(rates) == len(losses) == len(smooth):
        raise DataError(f"{len(rates)} rates, {len(losses)} losses, {len(smooth)} averaged: must be as many of each")
    if rates.min() <= 0:
        raise DataError(f"rates hold {rates.min():g}: a learning rate is above 0")
    if against not in ("exponent", "rate"):
        raise DataError(f"against is {against!r}: it is 'exponent' or 'rate'")
    axes = make_axes(7, 4.5) if axes is None else axes
    x = rates if against == "rate" else np.log10(rates)
    if averaged is not None:
        axes.plot(x, losses, color=PALE_BLUE, linewidth=0.8, label="loss of each step")
    axes.plot(x, smooth, color=BLUE, linewidth=1.8, label="loss" if averaged is None else "averaged")
    _draw_marks(axes, marks or {}, rates, smooth, against)
    _limit(axes, np.append(losses, smooth), first=smooth[0])
    draw_grid(axes)
    axes.set_xlabel("learning rate" if against == "rate" else "log10 of the learning rate", fontsize=TEXT)
    axes.set_ylabel("loss (nats)", fontsize=TEXT)
    axes.tick_params(labelsize=TEXT)
    axes.legend(fontsize=TEXT - 1, loc="best")
    return axes


def _draw_marks(axes: Axes, marks: Mapping[str, float], rates: np.ndarray, losses: np.ndarray, against: str) -> None:
    for (name, rate), (shape, colour) in zip(marks.items(), MARKS * (1 + len(marks) // len(MARKS)), strict=False):
        if not rates.min() <= rate <= rates.max():
            raise DataError(f"{name} is {rate:g}: a mark lies between the rates, {rates.min():g} and {rates.max():g}")
        order = np.argsort(rates)
        x = rate if against == "rate" else np.log10(rate)
        y = np.interp(np.log10(rate), np.log10(rates[order]), losses[order])
        axes.axvline(x, color=colour, linewidth=0.8, linestyle=":")
        axes.plot([x], [y], shape, color=colour, markersize=8, markeredgecolor="white", label=f"{name}: {rate:.3g}")


def _limit(axes: Axes, losses: np.ndarray, *, first: float) -> None:
    low, high = losses.min(), min(losses.max(), 2 * first if first > 0 else losses.max())
    margin = 0.05 * (high - low) or 1.0
    axes.set_ylim(low - margin, high + margin)
