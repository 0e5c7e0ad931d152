"""Small tables as text for a prompt and as HTML for a notebook."""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from moregrad.estimate import Estimate

GAP = "  "
BAR = 24
"""Characters of the longest bar."""

EIGHTHS = "▏▎▍▌▋▊▉█"


@dataclass(frozen=True)
class TextTable:
    """Rows of cells under column names, numbers on the right; `notes` are lines below.

    `formats` are those of numbers by column, such as ".2%"; without one, `cell` writes them.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    notes: Sequence[str] = ()
    formats: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        cells = [list(self.columns), *self._cells()]
        widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
        numeric = self._numeric()
        lines = (
            GAP.join(
                _justify(text, wide, right=right) for text, wide, right in zip(row, widths, numeric, strict=True)
            ).rstrip()
            for row in cells
        )
        return "\n".join([*lines, *self.notes])

    def to_html(self) -> str:
        """Returns the table as an HTML element."""
        styles = [' style="text-align: right"' if number else ' style="text-align: left"' for number in self._numeric()]
        lines = [self._row("th", self.columns, styles), *(self._row("td", row, styles) for row in self._cells())]
        notes = "".join(f"<div>{escape(note)}</div>" for note in self.notes)
        return f"<table>{''.join(lines)}</table>{notes}"

    def _cells(self) -> list[list[str]]:
        formats = [self.formats.get(column, "") for column in self.columns]
        return [[cell(value, style) for value, style in zip(row, formats, strict=True)] for row in self.rows]

    def _row(self, tag: str, cells: Any, styles: Sequence[str]) -> str:
        inside = (f"<{tag}{style}>{escape(text)}</{tag}>" for text, style in zip(cells, styles, strict=True))
        return f"<tr>{''.join(inside)}</tr>"

    def _numeric(self) -> list[bool]:
        return [any(isinstance(row[index], int | float) for row in self.rows) for index in range(len(self.columns))]


class Tabled(ABC):
    """An object that is shown as its table, at a prompt and in a notebook."""

    @abstractmethod
    def table(self) -> TextTable:
        """Returns the table."""

    def __repr__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table().to_html()


def cell(value: Any, style: str = "") -> str:
    """Writes a number in the format `style`; without one, with thousands separators if it is whole and else with four
    decimals, or four digits if it is small. An estimate is written as its error has it."""
    match value:
        case Estimate():
            return str(value)
        case int() | float() if style:
            return format(value, style)
        case str():
            return value
        case int():
            return f"{value:,}"
        case float():
            return f"{value:.4f}" if value == 0 or abs(value) >= 0.01 else f"{value:.3e}"
        case _:
            return str(value)


def bar(share: float) -> str:
    """Draws a share from 0 to 1 with block characters, to an eighth of one."""
    eighths = round(share * BAR * 8)
    return "█" * (eighths // 8) + (EIGHTHS[eighths % 8 - 1] if eighths % 8 else "")


def show_character(character: str) -> str:
    """Writes one character so that it can be seen: a combining mark on a dotted circle, what is unseen by its code."""
    if unicodedata.combining(character):
        return f"\u25cc{character}"
    return character if character.isprintable() and not character.isspace() else f"U+{ord(character):04X}"


def width(text: str) -> int:
    """Counts the columns that `text` takes: two for a wide character, none for a combining mark."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _justify(text: str, wide: int, *, right: bool) -> str:
    space = " " * (wide - width(text))
    return space + text if right else text + space
