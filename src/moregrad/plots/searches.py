"""A search for settings: how much each matters, and every trial as a line through its settings to its loss."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from numpy.typing import ArrayLike

from moregrad.errors import DataError
from moregrad.plots.canvas import BLUE, DEPTH, FAINT, SMALL, TEXT, draw_grid, make_axes
from moregrad.plots.checks import check

WIDE = 10.0
"""Positive numbers that differ by more than this factor stand on a logarithmic scale."""

TICKS = 5


def importance(shares: Mapping[str, float], *, axes: Axes | None = None) -> Axes:
    """Draws the share of each setting, by name, in the differences of the loss as bars, the largest on top.

    Raises DataError for numbers that are not finite, and for none.
    """
    if not shares:
        raise DataError("there are no settings to compare; give the share of each by name, such as {'hidden': 0.2}")
    values = check("shares", list(shares.values()), "settings")
    order = np.argsort(values, kind="stable")
    axes = make_axes(7, 1.2 + 0.35 * len(values)) if axes is None else axes
    axes.barh([list(shares)[place] for place in order], values[order], color=BLUE)
    for height, place in enumerate(order):
        axes.annotate(f" {values[place]:.0%}", (values[place], height), va="center", fontsize=SMALL)
    draw_grid(axes)
    axes.set_xlim(0, 1.1 * max(values.max(), 1e-9))
    axes.set_xlabel("share in the differences of the loss", fontsize=TEXT)
    axes.xaxis.set_major_formatter("{x:.0%}")
    axes.tick_params(labelsize=TEXT)
    return axes


def parallel_coordinates(settings: Mapping[str, Sequence[Any]], losses: ArrayLike, *, axes: Axes | None = None) -> Axes:
    """Draws each trial as a line through the values of its settings, by name, to its loss, [trials]; low losses dark.

    Numbers stand on a scale, a logarithmic one where they are positive and span more than a factor of ten; other values
    stand in the order in which they come. Raises DataError for settings of another number than losses, and for none.
    """
    nats = check("losses", losses, "trials")
    for name, values in settings.items():
        if len(values) != len(nats):
            raise DataError(f"{len(values)} values of {name} for {len(nats)} losses: give one for each")
    if not settings:
        raise DataError("there are no settings to draw; give the values of each by name")
    axes = make_axes(max(5.0, 1.8 * (len(settings) + 1)), 4.5) if axes is None else axes
    columns = [*(_place(values) for values in settings.values()), _place(nats.tolist())]
    heights = np.stack([heights for heights, _ in columns])
    # Good trials are drawn last, over the others.
    ranks = np.argsort(np.argsort(nats)) / max(len(nats) - 1, 1)
    for trial in np.argsort(-nats):
        axes.plot(heights[:, trial], color=DEPTH(ranks[trial]), linewidth=2.2 - 1.4 * ranks[trial], alpha=0.85)
    for place, (_, ticks) in enumerate(columns):
        _draw_scale(axes, place, ticks)
    axes.set_xticks(range(len(columns)), [*settings, "loss (nats)"], fontsize=TEXT)
    axes.set_yticks([])
    axes.set_xlim(-0.3, len(columns) - 0.3)
    axes.set_ylim(-0.04, 1.04)
    for side in axes.spines.values():
        side.set_visible(False)
    scale = ScalarMappable(Normalize(0, 1), DEPTH)
    bar = axes.figure.colorbar(scale, ax=axes, shrink=0.7, aspect=30, pad=0.02, ticks=[0, 1])
    bar.ax.set_yticklabels(["best", "worst"], fontsize=SMALL)
    return axes


def _place(values: Sequence[Any]) -> tuple[Float[np.ndarray, " trials"], dict[float, str]]:
    """Returns the height of each value from 0 to 1, and labels by height."""
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
    if not numbers:
        names = list(dict.fromkeys(map(str, values)))
        heights = {name: (place + 0.5) / len(names) for place, name in enumerate(names)}
        return np.array([heights[str(value)] for value in values]), {at: name for name, at in heights.items()}
    given = np.asarray(values, np.float64)
    log = given.min() > 0 and given.max() > WIDE * given.min()
    scaled = np.log(given) if log else given
    low, span = scaled.min(), scaled.max() - scaled.min()
    distinct = np.unique(scaled)
    marks = distinct if len(distinct) <= TICKS else np.linspace(low, low + span, TICKS)
    labels = {_height(mark, low, span): f"{np.exp(mark) if log else mark:.4g}" for mark in marks}
    return np.array([_height(each, low, span) for each in scaled]), labels


def _height(value: float, low: float, span: float) -> float:
    return float((value - low) / span) if span else 0.5


def _draw_scale(axes: Axes, place: int, ticks: Mapping[float, str]) -> None:
    axes.axvline(place, color=FAINT, linewidth=0.8)
    for height, label in ticks.items():
        axes.annotate(
            label, (place, height), xytext=(4, 0), textcoords="offset points", va="center", fontsize=SMALL,
            bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
        )  # fmt: skip
