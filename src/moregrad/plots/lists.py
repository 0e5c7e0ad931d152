"""Lists of words beside each other: how long their words are, and which characters they have."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from moregrad.errors import DataError
from moregrad.plots.canvas import TEXT, draw_grid, line_styles, make_axes
from moregrad.plots.characters import label_ticks, unknown_note

MOST = 40
"""Characters in one picture."""

T = TypeVar("T", int, str)


def lengths(words: Mapping[str, Iterable[str]], *, axes: Axes | None = None) -> Axes:
    """Plots the share of words of each length, for one list or several, by name: {"list": ..., "samples": ...}.

    Raises DataError for no list, and for a list without words.
    """
    shares = _count(words, lambda word: (len(word),))
    counts = sorted({length for found in shares.values() for length in found})
    every = list(range(counts[0], counts[-1] + 1))
    axes = make_axes(max(6.0, 0.12 * len(every) * len(shares) + 1), 4) if axes is None else axes
    _draw_bars(axes, shares, every)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=20, integer=True))
    axes.xaxis.set_major_formatter(lambda place, _: f"{place + counts[0]:.0f}")
    axes.set_xlabel("characters in a word", fontsize=TEXT)
    axes.set_ylabel("words in %", fontsize=TEXT)
    axes.tick_params(labelsize=TEXT)
    return axes


def letters(words: Mapping[str, Iterable[str]], *, axes: Axes | None = None) -> Axes:
    """Plots the share of each character, for one list or several, by name; the 40 most common of the first list.

    Raises DataError for no list, and for a list without words.
    """
    shares = _count(words, lambda word: word)
    first, *others = shares.values()
    ranked = [*sorted(first, key=lambda character: -first[character])]
    ranked += sorted({character for found in others for character in found} - set(first))
    shown = ranked[:MOST]
    axes = make_axes(max(6.0, (0.1 + 0.08 * len(shares)) * len(shown) + 1), 4) if axes is None else axes
    _draw_bars(axes, shares, shown)
    label_ticks(axes, "x", shown)
    hidden = f", the {MOST} most common of {len(ranked)}" if len(ranked) > MOST else ""
    axes.set_xlabel(f"character{hidden}" + unknown_note(shown), fontsize=TEXT)
    axes.set_ylabel("characters in %", fontsize=TEXT)
    axes.tick_params(axis="y", labelsize=TEXT)
    return axes


def _count(words: Mapping[str, Iterable[str]], parts: Callable[[str], Iterable[T]]) -> dict[str, dict[T, float]]:
    if not isinstance(words, Mapping) or not words:
        raise DataError("give lists of words by name, such as {'list': words, 'samples': samples}")
    shares = {}
    for name, listed in words.items():
        counts = Counter(part for word in listed for part in parts(word))
        if not counts:
            raise DataError(f"there is no word in {name!r:.40}; give at least one")
        shares[name] = {part: count / counts.total() for part, count in counts.items()}
    return shares


def _draw_bars(axes: Axes, shares: Mapping[str, Mapping[T, float]], parts: list[T]) -> None:
    width = 0.8 / len(shares)
    styles = line_styles(len(shares))
    for index, (name, found) in enumerate(shares.items()):
        heights = np.array([found.get(part, 0.0) for part in parts])
        places = np.arange(len(parts)) + (index - (len(shares) - 1) / 2) * width
        axes.bar(places, heights, width, label=name, color=styles[index]["color"], zorder=2)
    draw_grid(axes)
    axes.grid(visible=False, axis="x")
    axes.set_xlim(-0.6, len(parts) - 0.4)
    axes.yaxis.set_major_formatter(lambda share, _: f"{100 * share:g}")
    if len(shares) > 1:
        axes.legend(fontsize=TEXT)
