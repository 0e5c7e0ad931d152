"""Images of the positions of a word that a network looks at."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm
from numpy.typing import ArrayLike

from moregrad.errors import DataError
from moregrad.plots.canvas import GUIDE, INK, SHADES, SMALL, TEXT, make_axes
from moregrad.plots.characters import fonts, label_ticks, labels, unknown_note
from moregrad.plots.checks import check, check_characters, to_numbers

LETTER, WIDEST = 0.12, 16.0
"""Inches between two letters of a word along the side of a map, and of heads side by side."""
GAP = 2.0
"""Letters between two maps."""


def attention(weights: ArrayLike, characters: Sequence[str], *, axes: Axes | None = None) -> Axes:
    """Plots the attention of each head, [heads time time] or [blocks heads time time], the heads side by side.

    A row is a position that is read, a column one that it attends to; both have the word's characters. The shade grows
    with the square root of the weight, so that weak ones are seen. Raises DataError for another shape, and for numbers
    that are not finite or outside 0 to 1.
    """
    maps = _check_maps(weights)
    blocks, heads, time, _ = maps.shape
    listed = check_characters(characters, time, "positions")
    tiles, pitch, inches = maps.reshape(-1, time, time), time + GAP, max(LETTER, 2.0 / time)
    columns = heads if blocks > 1 else min(heads, max(1, int(WIDEST / (pitch * inches))))
    rows = -(-len(tiles) // columns)
    width, height = columns * pitch * inches + 0.5, rows * pitch * inches + 0.6
    axes = make_axes(width, height) if axes is None else axes
    for index, tile in enumerate(tiles):
        left, top = index % columns * pitch, index // columns * pitch
        block = f"block {index // heads + 1}, " if blocks > 1 else ""
        _draw_map(axes, tile, left, top, f"{block}head {index % heads + 1}")
    for which, count in (("x", columns), ("y", rows)):
        _label_tiles(axes, which, listed, [index * pitch for index in range(count)])
    axes.set(xlim=(-0.6, columns * pitch - GAP - 0.4), ylim=(rows * pitch - GAP - 0.4, -GAP + 0.5))
    axes.set_aspect("equal")
    axes.spines[:].set_visible(False)
    axes.set_xlabel("attends to" + unknown_note(listed), fontsize=TEXT)
    axes.set_ylabel("at", fontsize=TEXT)
    return axes


def receptive_field(matrix: ArrayLike, characters: Sequence[str] | None = None, *, axes: Axes | None = None) -> Axes:
    """Plots how much each position of the input, a column, moves the logits of each position, a row: [time time].

    White is no influence at all; the shade grows with its square root. Raises DataError for another shape, and for
    numbers that are not finite.
    """
    field = abs(check("a receptive field", matrix, "time time"))
    rows, columns = field.shape
    axes = (
        make_axes(*(float(np.clip(count * 0.2 + 1.2, 3.5, 12)) for count in (columns, rows))) if axes is None else axes
    )
    axes.imshow(field, cmap=SHADES, norm=PowerNorm(0.5, 0, field.max() or 1.0), aspect="equal")
    if characters is not None:
        listed = check_characters(characters, columns, "positions")
        label_ticks(axes, "x", listed)
        label_ticks(axes, "y", listed[-rows:])
    axes.set_xlabel("position of the input" + (unknown_note(characters or "")), fontsize=TEXT)
    axes.set_ylabel("position of the logits", fontsize=TEXT)
    reach = int((field > 0).sum(axis=1).max())
    axes.set_title(f"at most {reach} position{'s' * (reach != 1)} seen", fontsize=TEXT)
    axes.tick_params(labelsize=SMALL)
    return axes


def _check_maps(weights: ArrayLike) -> Float[np.ndarray, "blocks heads time time"]:
    maps = to_numbers("attention", weights)
    maps = maps[None] if maps.ndim == 3 else maps
    if maps.ndim != 4 or maps.shape[2] != maps.shape[3] or not maps.size:
        raise DataError(f"attention of shape {np.shape(weights)}: must be ([blocks,] heads, time, time)")
    if maps.min() < 0 or maps.max() > 1 + 1e-5:
        raise DataError(f"attention between {maps.min():g} and {maps.max():g}: weights lie between 0 and 1")
    return maps


def _draw_map(axes: Axes, tile: Float[np.ndarray, "time time"], left: float, top: float, title: str) -> None:
    time = len(tile)
    extent = (left - 0.5, left + time - 0.5, top + time - 0.5, top - 0.5)
    axes.imshow(tile, cmap=SHADES, norm=PowerNorm(0.5, 0, 1), extent=extent)
    axes.plot(np.array(extent)[[0, 1, 1, 0, 0]], np.array(extent)[[3, 3, 2, 2, 3]], color=GUIDE, linewidth=0.8)
    axes.annotate(
        title,
        (left - 0.5, top - 0.5),
        xytext=(0, 3),
        textcoords="offset points",
        fontsize=SMALL,
        color=INK,
        va="bottom",
    )


def _label_tiles(axes: Axes, which: str, characters: Sequence[str], starts: Sequence[float]) -> None:
    axis = axes.xaxis if which == "x" else axes.yaxis
    ticks = [start + position for start in starts for position in range(len(characters))]
    axis.set_ticks(ticks, labels(characters) * len(starts))
    axis.set_tick_params(length=0, pad=2)
    for text in axis.get_ticklabels():
        text.set(fontsize=SMALL, fontfamily=fonts(characters))
