"""Matrices of pairs of characters: counts and probabilities."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.colors import Normalize, PowerNorm
from matplotlib.image import AxesImage
from numpy.typing import ArrayLike

from moregrad.errors import DataError
from moregrad.plots.canvas import FAINT, SHADES, SMALL, TEXT, draw_scale, ink_on, make_axes
from moregrad.plots.characters import fonts, label, label_ticks, unknown_note
from moregrad.plots.checks import check, check_characters

LEGIBLE = 48
"""Characters up to which every cell of a matrix of pairs has room for its pair and its number."""
CELL, LARGEST = 0.43, 13.0
"""Inches of a cell with its number, and of the largest heat map without."""


def bigrams(matrix: ArrayLike, characters: Sequence[str], *, axes: Axes | None = None) -> Axes:
    """Plots a matrix of pairs, [vocab vocab], as coloured cells, each with its pair and its number.

    Row i, column j holds the count or the probability of character j after character i. Raises DataError for another
    shape, for numbers that are not finite or negative, and for more than 48 characters, whose numbers nobody could
    read: `heatmap` draws those.
    """
    matrix, listed = _check(matrix, characters)
    count = len(listed)
    if count > LEGIBLE:
        raise DataError(f"{count} characters are too many for numbers in the cells, at most {LEGIBLE}; use heatmap")
    axes = make_axes(count * CELL + 0.8, count * CELL + 0.8) if axes is None else axes
    _draw_cells(axes, matrix, listed, Normalize(0, matrix.max() or 1.0))
    largest, families = matrix.max() or 1.0, fonts(listed)
    signs = [label(character) for character in listed]
    for (row, column), number in np.ndenumerate(matrix):
        pair = signs[row] + signs[column]
        text = f"{pair}\n{_shorten(number)}" if len(pair) <= 4 else _shorten(number)
        style = {"ha": "center", "va": "center", "fontsize": SMALL, "fontfamily": families}
        colour = ink_on(SHADES, number / largest) if number else FAINT
        axes.text(column, row, text, color=colour, linespacing=1.1, **style)
    return axes


def heatmap(matrix: ArrayLike, characters: Sequence[str], *, axes: Axes | None = None) -> Axes:
    """Plots a matrix of pairs, [vocab vocab], as coloured cells, for alphabets of any size.

    The shade grows with the square root of the number, so that rare pairs are seen beside common ones. Raises
    DataError for another shape, and for numbers that are not finite or negative.
    """
    matrix, listed = _check(matrix, characters)
    side = float(np.clip(len(listed) * 0.14 + 1.5, 4.5, LARGEST))
    axes = make_axes(side + 0.8, side) if axes is None else axes
    draw_scale(_draw_cells(axes, matrix, listed, PowerNorm(0.5, 0, matrix.max() or 1.0)))
    return axes


def _draw_cells(axes: Axes, matrix: Float[np.ndarray, "vocab vocab"], listed: list[str], norm: Normalize) -> AxesImage:
    image = axes.imshow(matrix, cmap=SHADES, norm=norm, aspect="equal")
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    label_ticks(axes, "x", listed)
    label_ticks(axes, "y", listed)
    axes.set_xlabel("next character" + unknown_note(listed), fontsize=TEXT)
    axes.set_ylabel("character", fontsize=TEXT)
    return image


def _check(matrix: ArrayLike, characters: Sequence[str]) -> tuple[Float[np.ndarray, "vocab vocab"], list[str]]:
    matrix = check("a matrix of pairs", matrix, "vocab vocab")
    if matrix.shape[0] != matrix.shape[1]:
        raise DataError(f"a matrix of pairs of shape {matrix.shape}: must have as many rows as columns")
    if matrix.min() < 0:
        raise DataError(f"a matrix of pairs holds {matrix.min():g}: counts and probabilities must be 0 or more")
    return matrix, check_characters(characters, len(matrix), "rows")


def _shorten(number: float) -> str:
    """Writes a number in at most five characters: counts as they are, parts of 1 with three decimals."""
    if number != round(number):
        return f"{number:.3f}".lstrip("0") if number < 9.9995 else f"{number:.1f}" if number < 999 else f"{number:.0f}"
    units = ((1e10, 1e9, "G"), (1e7, 1e6, "M"), (1e5, 1e3, "k"))
    scaled = next((f"{number / size:.0f}{unit}" for least, size, unit in units if number >= least), None)
    return scaled or f"{number:.0f}"
