"""One word, character by character: what surprised a model, and what it expects next."""

from collections.abc import Sequence
from math import isfinite

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from moregrad.errors import DataError
from moregrad.plots.canvas import BLUE, HEAT, INK, PALE_BLUE, SMALL, TEXT, draw_grid, ink_on, make_axes
from moregrad.plots.characters import fonts, label, label_ticks, spell, unknown_note
from moregrad.plots.checks import check, check_characters, to_floats

ACROSS, BOX = 24, 0.46
"""Characters of a word in one line of boxes, and inches of a box."""
MOST = 40
"""Bars in one picture; the rest is one bar."""
REST = "rest"


def surprisal(word: str, nats: ArrayLike, *, expected: Sequence[str] | None = None, axes: Axes | None = None) -> Axes:
    """Plots a word in boxes, each the darker the more its character surprised, with its surprisal in nats below.

    `nats` has one number for each character and one for the end of the word, drawn as a dot; infinity is that of a
    character held impossible. `expected`, if given, is the character that was the likeliest in the place of each,
    written below in brackets. Raises DataError for another number of them, and for NaN and negative numbers.
    """
    values, listed = to_floats("surprisals", nats), [*word, "."]
    finite = check("surprisals", np.where(np.isposinf(values), 0.0, values), "characters")
    if len(values) != len(listed) or (expected is not None and len(expected) != len(listed)):
        given = f"{len(values)} surprisals" + ("" if expected is None else f" and {len(expected)} expected characters")
        raise DataError(f"{given} for {word!r:.40}: must be {len(listed)}, one for each character and one for the end")
    if values.min() < 0:
        raise DataError(f"surprisals hold {values.min():g}: they must be 0 or more")
    lines, columns = -(-len(listed) // ACROSS), max(min(ACROSS, len(listed)), 10)
    pitch = 1.7 if expected is None else 2.05
    axes = make_axes(BOX * columns + 0.2, BOX * (lines * pitch - 0.4) + 0.45) if axes is None else axes
    darkest, families = max(finite.max(), 1.0), fonts([*listed, *(expected or ())])
    for index, (character, number) in enumerate(zip(listed, values, strict=True)):
        place = index % ACROSS, index // ACROSS * pitch
        below = f"{number:.2f}" if isfinite(number) else "∞"
        if expected is not None:
            below += f"\n({spell(expected[index])})"
        _draw_box(axes, place, character, min(float(number) / darkest, 1.0), below, families)
    axes.set(xlim=(-0.55, columns - 0.45), ylim=(lines * pitch - 0.75, -0.55), aspect="equal")
    axes.set_axis_off()
    total = f"{values.sum():.2f} nats, {values.mean():.2f} per character" if isfinite(values.sum()) else "∞ nats"
    total += "; in brackets the likeliest character" if expected is not None else ""
    axes.set_title(total + unknown_note([*listed, *(expected or ())]), fontsize=TEXT)
    return axes


def probabilities(characters: Sequence[str], probabilities: ArrayLike, *, axes: Axes | None = None) -> Axes:
    """Plots the probability of each character, [vocab], as a bar, the likeliest first; beyond 40, the rest is one bar.

    Raises DataError for another number of them, and for numbers that are not finite or outside 0 to 1.
    """
    values = check("probabilities", probabilities, "vocab")
    listed = check_characters(characters, len(values), "probabilities")
    if values.min() < 0 or values.max() > 1 + 1e-5:
        raise DataError(f"probabilities between {values.min():g} and {values.max():g}: they lie between 0 and 1")
    names, heights = _rank(listed, values)
    axes = make_axes(max(4.0, 0.27 * len(names) + 0.8), 3.5) if axes is None else axes
    colours = [BLUE if name != REST else PALE_BLUE for name in names]
    axes.bar(np.arange(len(names)), heights, color=colours, width=0.75, zorder=2)
    for index, height in enumerate(heights):
        axes.annotate(
            _percent(height),
            (index, height),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            fontsize=SMALL,
            color=INK,
        )
    draw_grid(axes)
    axes.grid(visible=False, axis="x")
    label_ticks(axes, "x", names)
    axes.set(xlim=(-0.6, len(names) - 0.4), ylim=(0, heights.max() * 1.1 or 1))
    axes.set_xlabel("next character" + unknown_note(names), fontsize=TEXT)
    axes.set_ylabel("probability in %", fontsize=TEXT)
    axes.yaxis.set_major_formatter(lambda share, _: f"{100 * share:g}")
    axes.tick_params(axis="y", labelsize=TEXT)
    return axes


def _draw_box(
    axes: Axes, place: tuple[float, float], character: str, shade: float, below: str, families: list[str]
) -> None:
    x, y = place
    axes.fill_between([x - 0.48, x + 0.48], y - 0.48, y + 0.48, color=HEAT(shade), edgecolor=INK, linewidth=0.3)
    style = {"ha": "center", "fontfamily": families}
    sign = label(character)
    size = 13 if len(sign) < 3 else SMALL - 0.5
    axes.text(x, y, sign, fontsize=size, color=ink_on(HEAT, shade), va="center", **style)
    axes.text(x, y + 0.58, below, fontsize=SMALL, color=INK, va="top", **style)


def _rank(characters: list[str], values: Float[np.ndarray, " vocab"]) -> tuple[list[str], Float[np.ndarray, " bars"]]:
    order = np.argsort(-values, kind="stable")
    if len(order) <= MOST:
        return [characters[i] for i in order], values[order]
    shown = order[: MOST - 1]
    return [*(characters[i] for i in shown), REST], np.append(values[shown], values[order[MOST - 1 :]].sum())


def _percent(share: float) -> str:
    percent = 100 * share
    return f"{percent:.0f}" if percent >= 9.95 else f"{percent:.1f}" if percent >= 0.05 else "0"
