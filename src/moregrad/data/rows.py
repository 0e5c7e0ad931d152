"""The rows of delimited text: a column of all of them as Python's csv module has it, and an account of every line."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from jaxtyping import Bool, Int

from moregrad.errors import DataError

LINE_FEED, QUOTE = b'\n"'


@dataclass(frozen=True)
class Layout:
    """The form of rows, and the field of them that is read.

    `skip` rows stand before the first one that is filled, which has `width` fields; `before` lines of the file stand
    before the text. If `whole`, all fields are read, as structures.
    """

    delimiter: str
    quotes: bool
    width: int
    index: int
    skip: int = 0
    before: int = 0
    whole: bool = False


@dataclass(frozen=True)
class Rows:
    """The wanted fields of every row, its number of fields (none if it is blank), and its first line."""

    words: pl.Series
    widths: Int[np.ndarray, " rows"]
    lines: Int[np.ndarray, " rows"]

    def after(self, count: int) -> "Rows":
        """Returns all rows but the first ones."""
        return Rows(self.words.slice(count), self.widths[count:], self.lines[count:])


def read_rows(text: str, name: str, layout: Layout, notes: list[str]) -> pl.Series:
    """Returns a field of every row of `text`, whose lines end in LF; it is null in blank rows and in those too short.

    If the layout is whole, structures of all fields are returned, to each of which the same applies.

    Rows left out, blank ones, short ones and those of several lines are counted in `notes`. Raises DataError with the
    line for a row of more fields than the first one and for a quotation mark that is never closed.
    """
    text = text if text.endswith("\n") else f"{text}\n"
    rows = _read_plain_lines(text.encode(), layout) or _read_all(text, name, layout)
    lines = text.count("\n")
    if lines != len(rows.words):
        notes.append(f"{lines:,} lines hold {len(rows.words):,} rows, because quoted fields span lines")
    if layout.skip:
        notes.append(f"blank rows before the table: {layout.skip:,}")
    rows = rows.after(layout.skip)
    lines = rows.lines + layout.before
    if (rows.widths > layout.width).any():
        first = (rows.widths > layout.width).argmax()
        raise DataError(
            f"{name}: line {lines[first]} has more fields than the first row, {rows.widths[first]} and not "
            f"{layout.width}; put a word that holds the delimiter in quotation marks, or name another delimiter "
            "with --delimiter"
        )
    notes.extend(_count("blank rows", rows.widths == 0, lines))
    short = (rows.widths > 0) & (rows.widths < layout.width)
    notes.extend(_count("rows shorter than the first row", short, lines))
    return rows.words


def _count(what: str, found: Bool[np.ndarray, " rows"], lines: Int[np.ndarray, " rows"]) -> Iterator[str]:
    if count := np.count_nonzero(found):
        yield f"{what}: {count:,}, the first in line {lines[found.argmax()]:,}"


def _read_plain_lines(content: bytes, layout: Layout) -> Rows | None:
    """Reads rows with Polars; returns None unless every line is a row and every quotation mark quotes or is quoted."""
    if not layout.delimiter.isascii():
        return None
    data = np.frombuffer(content, np.uint8)
    ends, delimiters = data == LINE_FEED, data == ord(layout.delimiter)
    if layout.quotes:
        marks = data == QUOTE
        inside = np.bitwise_xor.accumulate(marks.view(np.uint8)).view(bool)
        if not _is_well_formed(marks, inside, ends | delimiters | marks) or (ends & inside).any():
            return None
        delimiters &= ~inside
    starts = np.concatenate(([0], np.flatnonzero(ends)[:-1] + 1))
    widths = np.add.reduceat(delimiters, starts, dtype=np.int32) + (np.diff(starts, append=len(data)) > 1)
    words = _read_with_polars(content[starts[layout.skip] :], layout)
    if words is None or len(words) + layout.skip != len(starts):
        return None
    if layout.skip:
        words = pl.concat([pl.Series("word", [None] * layout.skip, dtype=words.dtype), words])
    return Rows(words, widths, np.arange(1, len(starts) + 1))


def _is_well_formed(
    marks: Bool[np.ndarray, " bytes"], inside: Bool[np.ndarray, " bytes"], edges: Bool[np.ndarray, " bytes"]
) -> bool:
    """Tells whether quotation marks open at the start of a field and close at its end, doubled ones aside."""
    opening, closing = marks & inside, marks & ~inside
    return not (inside[-1] or (opening[1:] & ~edges[:-1]).any() or (closing[:-1] & ~edges[1:]).any())


def _read_with_polars(content: bytes, layout: Layout) -> pl.Series | None:
    try:
        table = pl.read_csv(
            content,
            has_header=False,
            columns=None if layout.whole else [layout.index],
            separator=layout.delimiter,
            quote_char='"' if layout.quotes else None,
            infer_schema=False,
            truncate_ragged_lines=True,
        )
    except pl.exceptions.PolarsError:
        return None
    if layout.whole:
        return table.to_struct("word") if table.width == layout.width else None
    return table.to_series().alias("word")


def _read_all(text: str, name: str, layout: Layout) -> Rows:
    """Reads rows with Python's csv module."""
    wanted = slice(None) if layout.whole else slice(layout.index, layout.index + 1)
    fields: list[list[str]] = []
    widths: list[int] = []
    lines: list[int] = []
    for line, row in _rows(text, name, layout):
        fields.append(row[wanted])
        widths.append(len(row))
        lines.append(line)
    return Rows(_join(fields, layout), np.array(widths, np.int32), np.array(lines, np.int64))


def _join(fields: list[list[str]], layout: Layout) -> pl.Series:
    """Returns the one field read of every row, or structures of all of them; those that a row lacks are null."""
    columns = [
        pl.Series(f"{index}", [row[index] if index < len(row) else None for row in fields], dtype=pl.String)
        for index in range(layout.width if layout.whole else 1)
    ]
    return pl.DataFrame(columns).to_struct("word") if layout.whole else columns[0].alias("word")


def _rows(text: str, name: str, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Yields every row with the number of its first line."""
    left = text.count("\n")

    def lines() -> Iterator[str]:
        nonlocal left
        for line in io.StringIO(text):
            yield line
            left -= 1

    quoting = csv.QUOTE_MINIMAL if layout.quotes else csv.QUOTE_NONE
    rows, line = csv.reader(lines(), delimiter=layout.delimiter, quoting=quoting), 1
    try:
        for row in rows:
            if not left:
                # The reader asked for a line after the last one: a field was open still.
                raise DataError(
                    f"{name}: a quotation mark opens in line {line + layout.before} and is never closed; "
                    "close or double it"
                )
            yield line, row
            line = rows.line_num + 1
    except csv.Error as error:
        line += layout.before
        raise DataError(f"{name}: line {line} cannot be read: {error}; look for a stray quotation mark") from error
