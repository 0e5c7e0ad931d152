"""Output to the terminal: results to standard output, remarks and progress to standard error."""

import json
import math
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from textwrap import TextWrapper
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from moregrad.cli.grid import Grid
from moregrad.cli.terminal import commanded, on_one_line, visible
from moregrad.estimate import Estimate

UNKNOWN_WIDTH = 160
LARGE = 1e9
"""The number from which on powers of ten are written."""
NARROWEST = 20
"""Columns below which no line is wrapped."""


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
    width = None if stream.isatty() or "COLUMNS" in os.environ else UNKNOWN_WIDTH
    file = commanded(stream)
    return Screen(file=file, width=width, markup=False, highlight=False, emoji=False, legacy_windows=False)


def show(*parts: Any) -> None:
    """Prints tables and lines to standard output, without trailing spaces."""
    screen = results()
    with screen.capture() as capture:
        for part in parts:
            if isinstance(part, str):
                screen.print(_wrap(part, screen.width), overflow="ignore", crop=False)
            else:
                screen.print(part)
    print("\n".join(line.rstrip() for line in capture.get().removesuffix("\n").split("\n")), file=screen.file)


def say(message: str) -> None:
    """Prints a remark to standard error; where that cannot be written, the work goes on without."""
    with suppress(OSError):
        print(message, file=sys.stderr, flush=True)


def tell(message: str) -> None:
    """Prints a remark to standard error as `say` does, wrapped between words at the width of its terminal."""
    if sys.stderr.isatty() or "COLUMNS" in os.environ:
        message = _wrap(message, notes().width)
    say(message)


def _wrap(text: str, width: int) -> str:
    """Wraps lines between words; a longer word, such as a path, and an indented line, such as a command, stay whole."""
    wrapper = TextWrapper(max(width, NARROWEST), break_long_words=False, break_on_hyphens=False, subsequent_indent="  ")
    wrapper.expand_tabs = wrapper.replace_whitespace = False
    return "\n".join(wrapper.fill(line) if len(line) > width and line[:1] != " " else line for line in text.split("\n"))


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


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Grid:
    """Lays out rows under column names, numbers on the right."""
    numeric = [any(isinstance(row[index], int | float) for row in rows) for index in range(len(columns))]
    return Grid(columns, [list(map(cell, row)) for row in rows], numeric)


def pad(word: str, width: int) -> str:
    """Pads `word` with spaces to `width` columns; combining marks take none."""
    word = on_one_line(word)
    return word + " " * (width - (len(word) if word.isascii() else cell_len(word)))


def cell(value: Any) -> str:
    """Formats a cell: counts with thousands separators, estimates with the digits that their error supports, other
    numbers with four decimals, nothing as a dash."""
    match value:
        case None:
            return "-"
        case str():
            return on_one_line(value)
        case bool() | Estimate():
            return str(value)
        case int():
            return f"{value:,}"
        case float():
            return f"{value:.4f}" if abs(value) < LARGE else f"{value:.3e}"
        case _:
            return str(value)
