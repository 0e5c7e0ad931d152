"""Embeddings in the plane."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from moregrad.plots.canvas import BLUE, DARK_BLUE, PALE_BLUE, SMALL, TEXT, draw_grid, make_axes
from moregrad.plots.characters import fonts, label, unknown_note
from moregrad.plots.checks import check, check_characters


def embeddings(weight: ArrayLike, characters: Sequence[str], *, axes: Axes | None = None) -> Axes:
    """Plots the embedding of each character, [vocab size], as its letter in the plane.

    Vectors of more than two numbers are projected on their two principal components, and the title says how much of
    their variance the picture keeps. Raises DataError for another shape, numbers that are not finite, and another
    number of characters.
    """
    weight = check("an embedding", weight, "vocab size")
    listed = check_characters(characters, len(weight), "rows")
    places, shares = project(weight)
    names, title = _caption(weight.shape[1], shares)
    side = 6.0 if len(listed) <= 40 else 9.0
    axes = make_axes(side, side) if axes is None else axes
    for place, character in zip(places, listed, strict=True):
        _draw_letter(axes, place, character)
    draw_grid(axes)
    axes.set_title(title, fontsize=TEXT)
    axes.set_xlabel(names[0] + unknown_note(listed), fontsize=TEXT)
    axes.set_ylabel(names[1], fontsize=TEXT)
    axes.tick_params(labelsize=TEXT)
    return axes


def _draw_letter(axes: Axes, place: Float[np.ndarray, " 2"], character: str) -> None:
    """Draws a letter on a disc, above those drawn before it."""
    order, sign = 2 + len(axes.texts) / 1e6, label(character)
    x, y = place.tolist()
    axes.scatter(x, y, s=190, color=PALE_BLUE, edgecolors=BLUE, linewidths=0.5, zorder=order)
    style = {"ha": "center", "va": "center", "fontfamily": fonts(character), "linespacing": 0.9, "zorder": order}
    axes.text(x, y, sign, color=DARK_BLUE, fontsize=TEXT if len(sign) < 3 else SMALL, **style)


def project(weight: Float[np.ndarray, "vocab size"]) -> tuple[Float[np.ndarray, "vocab 2"], Float[np.ndarray, " 2"]]:
    """Returns a place in the plane for each row, and the share of the variance that each axis keeps.

    Rows of one or two numbers are places as they are, others are projected on their two principal components.
    """
    centred = weight - weight.mean(axis=0)
    size = weight.shape[1]
    if size <= 2:
        places, variances = weight, (centred**2).sum(axis=0)
    else:
        left, deviations, _ = np.linalg.svd(centred, full_matrices=False)
        places, variances = (left * deviations)[:, :2], deviations**2
        # The sign of a component is arbitrary; this one is the same on every machine.
        places = places * np.sign(places[abs(places).argmax(axis=0), np.arange(places.shape[1])])
    shares = variances / max(variances.sum(), np.finfo(float).tiny)
    missing = 2 - places.shape[1]
    return np.pad(places, ((0, 0), (0, missing))), np.pad(shares, (0, missing))[:2]


def _caption(size: int, shares: Float[np.ndarray, " 2"]) -> tuple[tuple[str, str], str]:
    """Returns names for the axes of the plane, and a title."""
    if size <= 2:
        names = ("first number", "second number") if size == 2 else ("the only number", "")
        return names, f"embeddings of {size} number{'s' * (size > 1)}"
    names = (f"first principal component ({shares[0]:.0%})", f"second principal component ({shares[1]:.0%})")
    return names, f"embeddings of {size} numbers; the picture keeps {shares.sum():.0%} of their variance"
