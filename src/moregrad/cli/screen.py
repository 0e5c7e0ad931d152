"""Output to the terminal: results to standard output, remarks and progress to standard error."""

import json
import math
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from textwrap import fill
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from moregrad.cli.terminal import commanded, on_one_line, visible

UNKNOWN_WIDTH = 160
"""Columns of what is no terminal, unless the variable COLUMNS says how many."""
LARGE = 1e9
INDENT, FLOWING, MANY, GAPS = 2, 24, 4, (2, 1)


class Screen(Console):
    """A console that commands its terminal, and makes visible the strings that it is given."""

    def render_str(self, text: str, **options: Any) -> Text:
        """Returns `text` as what Rich lays out."""
        return super().render_str(visible(text) if self.file.isatty() else text, **options)

    def on_broken_pipe(self) -> None:
        """Raises the BrokenPipeError again, where Rich would end the process."""
        raise


def results() -> Console:
    """Returns the console of standard output; words are no markup, whatever they look like."""
    return _console(stderr=False)


def notes() -> Console:
    """Returns the console of standard error, for progress and remarks."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS", "").isdecimal() else UNKNOWN_WIDTH
    file = commanded(stream)
    return Screen(file=file, width=width, markup=False, highlight=False, emoji=False, legacy_windows=False)


def show(*parts: Any) -> None:
    """Prints tables and lines to standard output, without trailing spaces."""
    screen = results()
    with screen.capture() as capture:
        for part in parts:
            screen.print(part)
    print("\n".join(line.rstrip() for line in capture.get().removesuffix("\n").split("\n")), file=screen.file)


def say(message: str) -> None:
    """Prints a remark to standard error, on a terminal in lines that it holds.

    Where that cannot be written, the work goes on without.
    """
    with suppress(OSError):
        print(_wrap(message) if sys.stderr.isatty() else message, file=sys.stderr, flush=True)


def _wrap(message: str) -> str:
    width, lines = notes().width, message.split("\n")
    kept = {"break_long_words": False, "break_on_hyphens": False, "subsequent_indent": " " * INDENT}
    return "\n".join(fill(line, width, **kept) if cell_len(line) > width else line for line in lines)


def lower_as(run: Any, reading: dict[str, Any]) -> dict[str, Any]:
    """Returns `reading` in lower case if the list of `run` was read so, and says so if nobody asked for it."""
    if run.record.lower and not reading.get("lower"):
        say("the list of this run was put in lower case, and so are these words")
        return {**reading, "lower": True}
    return reading


def print_json(*values: Any) -> None:
    """Prints JSON values, each on a line of standard output; NaN and infinity become null."""
    sys.stdout.writelines(f"{_as_json(value)}\n" for value in values)


def _as_json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(value), ensure_ascii=False)


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


class Rows:
    """Rows under column names, numbers on the right, laid out for the width of the screen.

    If a row does not fit on a line, its first cell gets a line of its own; if the others do not fit on one either,
    every cell gets a line, behind the name of its column. Text in the last column may take several lines.
    """

    def __init__(self, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        self.columns, self.rows = columns, rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Any]:
        """Yields what Rich prints."""
        for gap in GAPS:
            grid = _grid(self.columns, self.rows, gap)
            if _least_width(grid, gap) <= options.max_width:
                yield grid
                return
        rest = _grid(self.columns[1:], [row[1:] for row in self.rows], GAPS[0])
        if len(self.columns) > MANY and _least_width(rest, GAPS[0]) + INDENT <= options.max_width:
            yield from self._below_first(console, options, rest)
        else:
            for row in self.rows:
                facts = [f"{name} {cell(value)}" for name, value in zip(self.columns[1:], row[1:], strict=True)]
                yield Text(cell(row[0]))
                yield Padding(Text("\n".join(facts)), (0, 0, 0, INDENT))

    def _below_first(self, console: Console, options: ConsoleOptions, rest: Table) -> Iterator[Any]:
        heading, *lines = console.render_lines(rest, options.update_width(options.max_width - INDENT))
        yield Text(self.columns[0], style="bold")
        yield from (Segment(" " * INDENT), *heading, Segment.line())
        for row, line in zip(self.rows, lines, strict=True):
            yield Text(cell(row[0]))
            yield from (Segment(" " * INDENT), *line, Segment.line())


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Rows:
    """Lays out rows under column names."""
    return Rows(columns, rows)


def _grid(columns: Sequence[str], rows: Sequence[Sequence[Any]], gap: int) -> Table:
    grid = Table(box=None, header_style="bold", pad_edge=False, padding=(0, gap, 0, 0))
    for index, name in enumerate(columns):
        numeric = any(isinstance(row[index], int | float) for row in rows)
        flows = index == len(columns) - 1 and index > 0 and not numeric
        grid.add_column(name, justify="right" if numeric else "left", no_wrap=not flows, overflow="fold")
    for row in rows:
        grid.add_row(*map(cell, row))
    return grid


def _least_width(grid: Table, gap: int) -> int:
    """Returns the columns that `grid` needs, text that may flow in lines of some words."""
    widths = [max(cell_len(str(part)) for part in (each.header, *each.cells)) for each in grid.columns]
    least = (width if each.no_wrap else min(width, FLOWING) for width, each in zip(widths, grid.columns, strict=True))
    return sum(least) + gap * (len(widths) - 1)


def pad(word: str, width: int) -> str:
    """Pads `word` with spaces to `width` columns; combining marks take none."""
    word = on_one_line(word)
    return word + " " * (width - (len(word) if word.isascii() else cell_len(word)))


def cell(value: Any) -> str:
    """Formats a cell: counts with thousands separators, other numbers with four decimals, nothing as a dash."""
    match value:
        case None:
            return "-"
        case str():
            return on_one_line(value)
        case bool():
            return str(value)
        case int():
            return f"{value:,}"
        case float():
            return f"{value:.4f}" if abs(value) < LARGE else f"{value:.3e}"
        case _:
            return str(value)
