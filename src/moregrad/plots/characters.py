"""Characters as labels, of any alphabet: none is drawn as an empty box, none is invisible."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import matplotlib
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font

from moregrad.plots.canvas import SMALL

SPACE, CIRCLE, NEW_LINE = "␣", "◌", "\n"
ROW = 90
"""Labels that stand beside each other in one row; more take two rows."""
WITHOUT_LETTERS = ("Last Resort", "Emoji")
"""Parts of the names of fonts that draw boxes, or pictures that matplotlib cannot read."""


def label(character: str) -> str:
    """Returns what stands for `character` in a figure.

    That is itself, ␣ for a space, and ◌ under a mark that combines with the letter before it. A character that has no
    form, or that no font of this computer has, is its code point, two digits in a line as in the boxes of old fonts.
    """
    if character == " ":
        return SPACE
    if len(character) != 1:
        return "".join(map(label, character))
    category = unicodedata.category(character)
    if category[0] in "CZ" or font_of(character) is None:
        digits = f"{ord(character):04X}"
        return f"{digits[:-2]}\n{digits[-2:]}"
    return (CIRCLE if category[0] == "M" else "") + character.replace("$", r"\$")


def labels(characters: Iterable[str]) -> list[str]:
    """Returns the label of each character."""
    return [label(character) for character in characters]


def spell(text: str) -> str:
    """Returns the labels of the characters of `text` on one line."""
    return "".join(labels(text)).replace(NEW_LINE, "")


def fonts(characters: Iterable[str]) -> list[str]:
    """Returns the font families that together have all `characters`: the usual one, and others where that has not."""
    found = {font_of(character) for text in characters for character in text}
    return [*matplotlib.rcParams["font.family"], *sorted(family for family in found if family)]


def unknown_note(characters: Iterable[str]) -> str:
    """Says which characters are drawn as code points, on a line of its own; nothing if all can be drawn."""
    missing = sorted({label(c) for text in characters for c in text if "\n" in label(c)})
    some = ", ".join(f"U+{sign.replace(NEW_LINE, '')}" for sign in missing[:3]) + (", ..." if len(missing) > 3 else "")
    what = "a code point that has" if len(missing) == 1 else "code points that have"
    return f"\n{some}: {what} no letter in the fonts of this computer" if missing else ""


def label_ticks(axes: Axes, which: str, characters: Sequence[str], *, row: int = ROW) -> None:
    """Labels the ticks 0, 1, ... of axis `which`, "x" or "y", with characters; more than `row` in two rows.

    Of more than two rows full only some are labelled, at equal distances.
    """
    axis = axes.xaxis if which == "x" else axes.yaxis
    step = -(-len(characters) // (2 * row))
    chosen = list(range(0, len(characters), step))
    rows = 1 if len(chosen) <= row else 2
    signs = [sign if which == "x" else sign.replace(NEW_LINE, "") for sign in labels(characters)]
    for minor, ticks in enumerate((chosen[::rows], chosen[1::rows])[:rows]):
        axis.set_ticks(ticks, [signs[tick] for tick in ticks], minor=bool(minor))
    axis.set_tick_params(which="major", length=2)
    depth = 1 + max(sign.count(NEW_LINE) for sign in signs) if which == "x" else max(map(len, signs)) * 0.6
    axis.set_tick_params(which="minor", length=4 + depth * 1.1 * SMALL)
    for text in (*axis.get_ticklabels(), *axis.get_ticklabels(minor=True)):
        text.set(fontsize=SMALL, fontfamily=fonts(characters), rotation=0)


@cache
def font_of(character: str) -> str | None:
    """Returns the family of a font with a form for `character`: "" for the usual one, None if there is no font."""
    point = ord(character)
    if any(_has(findfont(FontProperties(family=[family])), point) for family in matplotlib.rcParams["font.family"]):
        return ""
    return next((family for family, path in _installed() if _has(path, point)), None)


@cache
def _has(path: str, point: int) -> bool:
    try:
        return get_font(path).get_char_index(point) != 0
    except (OSError, RuntimeError):  # A font that matplotlib cannot read.
        return False


def _installed() -> Iterator[tuple[str, str]]:
    for entry in fontManager.ttflist:
        if not any(part in entry.name for part in WITHOUT_LETTERS):
            yield entry.name, entry.fname
