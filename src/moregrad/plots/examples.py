"""Images of the inputs of a network and of the gradients of its logits."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Int
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from moregrad.errors import DataError
from moregrad.plots.canvas import INK, SHADES, SIGNS, SMALL, TEXT, draw_scale, make_axes
from moregrad.plots.characters import label_ticks, unknown_note
from moregrad.plots.checks import check, check_characters


def one_hot(tokens: ArrayLike, characters: Sequence[str], *, axes: Axes | None = None) -> Axes:
    """Plots tokens, [count], as one-hot rows: dark in the column of the token's character.

    Raises DataError for another shape, and for a token that has no character.
    """
    ids, listed = _check_ids("tokens", tokens, len(characters)), list(characters)
    image = np.eye(len(listed))[ids]
    axes = make_axes(*_size(len(ids), len(listed))) if axes is None else axes
    axes.imshow(image, cmap=SHADES, vmin=0, vmax=1.4, aspect="auto")
    _draw_cells(axes, *image.shape)
    label_ticks(axes, "x", listed)
    label_ticks(axes, "y", [listed[token] for token in ids], row=60)
    axes.set_xlabel("column of the character" + unknown_note(listed), fontsize=TEXT)
    axes.set_ylabel("token", fontsize=TEXT)
    return axes


def logits_gradient(
    gradient: ArrayLike, targets: ArrayLike, characters: Sequence[str] | None = None, *, axes: Axes | None = None
) -> Axes:
    """Plots the gradient of the loss at the logits, [batch vocab]: blue is pulled up, vermilion is pushed down.

    A dot marks the target of each row, [batch]: the only logit that is pulled up. Raises DataError for other shapes,
    and for numbers that are not finite.
    """
    gradient = check("the gradient of the logits", gradient, "batch vocab")
    ids = _check_ids("targets", targets, gradient.shape[1])
    if len(ids) != len(gradient):
        raise DataError(f"{len(ids)} targets for {len(gradient)} rows of logits: give one for each")
    axes = make_axes(*_size(*gradient.shape)) if axes is None else axes
    largest = abs(gradient).max() or 1.0
    image = axes.imshow(gradient, cmap=SIGNS, vmin=-largest, vmax=largest, aspect="auto", interpolation="nearest")
    axes.plot(ids, np.arange(len(ids)), ".", color="white", markersize=4)
    if characters is None:
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_xlabel("logit", fontsize=TEXT)
    else:
        listed = check_characters(characters, gradient.shape[1], "logits")
        label_ticks(axes, "x", listed)
        axes.set_xlabel("logit of the character" + unknown_note(listed), fontsize=TEXT)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel("example", fontsize=TEXT)
    axes.tick_params(labelsize=TEXT if characters is None else SMALL)
    draw_scale(image)
    return axes


def _check_ids(what: str, ids: ArrayLike, count: int) -> Int[np.ndarray, " count"]:
    found = check(what, ids, "count")
    if (found != np.round(found)).any() or found.min() < 0 or found.max() >= count:
        raise DataError(f"{what} must be whole numbers from 0 to {count - 1}, one for each of {count} characters")
    return found.astype(np.int64)


def _size(rows: int, columns: int) -> tuple[float, float]:
    width = float(np.clip(columns * 0.2 + 1.5, 4, 13))
    return width, float(np.clip(rows * 0.2 + 1.2, 2, 12))


def _draw_cells(axes: Axes, rows: int, columns: int) -> None:
    """Draws lines between cells, so that empty ones can be counted."""
    style = {"colors": INK, "linewidths": 0.15}
    axes.hlines(np.arange(rows + 1) - 0.5, -0.5, columns - 0.5, **style)
    axes.vlines(np.arange(columns + 1) - 0.5, -0.5, rows - 0.5, **style)
