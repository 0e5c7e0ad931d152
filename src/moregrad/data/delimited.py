"""Delimited text: the delimiter and the header are found at the beginning, and every line is accounted for."""

import csv
import io
from contextlib import suppress

import polars as pl

from moregrad.data.form import Column, Form
from moregrad.data.rows import Layout, read_rows
from moregrad.errors import DataError

DELIMITERS = ",;\t|"
SAMPLE = 100
BEGINNING = 2**20
LINE_END = "\n"
NAMES = "word words name names firstname first_name lastname last_name surname city town id text"
HEADINGS = frozenset(NAMES.split())


def read_delimited(text: str, name: str, form: Form, *, delimiter: str | None = None, quotes: bool = True) -> pl.Series:
    """Returns one raw word for each row of `text`; a row too short for the column, or a blank one, gives a null.

    Rows are those of Python's csv module. Raises DataError with the line for a row of more fields than the first one
    and for a quotation mark that is never closed.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, before, told = _take_sep_line(text)
    if told:
        form.notes.append(f"delimiter: {told!r}, named by the first line, sep={told}")
    if not text.strip():
        form.notes.append(f"blank lines and no table: {text.count(LINE_END) + (not text.endswith(LINE_END)):,}")
        return pl.Series("word", [], dtype=pl.String)
    delimiter = form.delimiter or told or delimiter or _find_delimiter(text, form)
    quotes = quotes and '"' in text
    sample, skip = _sample(text, delimiter, quotes)
    index, headed = find_column(sample, name, form)
    layout = Layout(delimiter, quotes, len(sample[0]), index, skip, before)
    words = read_rows(text, name, layout, form.notes)
    return words.slice(1) if headed else words


def find_column(sample: list[list[str]], name: str, form: Form) -> tuple[int, bool]:
    """Returns the index of the column asked for, and whether the first row of `sample` is a header."""
    first, headed = sample[0], _has_header(sample, form)
    if headed:
        form.notes.append(f"header: {', '.join(map(repr, first))}")
        return choose(first, form.column, name), True
    form.notes.append("no header: the first row is a word like the others")
    return choose([str(number + 1) for number in range(len(first))], form.column, name), False


def choose(columns: list[str], column: Column, name: str) -> int:
    """Returns the index of a column, found by its name, by its number from 1, or because it is the only one."""
    if column is None and len(columns) == 1:
        return 0
    if column in columns:
        return columns.index(str(column))
    if str(column).isdecimal() and len(str(column)) < 10 and 1 <= int(str(column)) <= len(columns):
        return int(str(column)) - 1
    asked = "has several columns" if column is None else f"has no column {column!r}"
    raise DataError(f"{name} {asked}; choose one of {', '.join(columns)}, or a number from 1 to {len(columns)}")


def _take_sep_line(text: str) -> tuple[str, int, str | None]:
    """Separates the line `sep=;` with which Excel names the delimiter."""
    line, _, rest = text.partition("\n")
    if len(line) == 5 and line[:4].lower() == "sep=":
        return rest, 1, line[4]
    return text, 0, None


def _sample(text: str, delimiter: str, quotes: bool) -> tuple[list[list[str]], int]:
    """Returns the first rows that are not blank, and how many blank ones stand before them.

    A row whose fields are all empty is blank as long as no other came; a last row that may be cut is left out.
    """
    beginning = text[:BEGINNING]
    quoting = csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE
    found: list[list[str]] = []
    skip = 0
    with suppress(csv.Error):
        for row in csv.reader(io.StringIO(beginning), delimiter=delimiter, quoting=quoting):
            if found:
                found += [row] if row else []
            elif any(cell.strip() for cell in row):
                found.append(row)
            else:
                skip += 1
            if len(found) == SAMPLE:
                break
    if len(beginning) < len(text) and 1 < len(found) < SAMPLE:
        found.pop()
    return (found, skip) if found else ([[""]], 0)


def _find_delimiter(text: str, form: Form) -> str:
    """Returns the delimiter that gives all first rows the same number of fields, and most of them; else the comma."""
    found, most = ",", 1
    for delimiter in DELIMITERS:
        widths = {len(row) for row in _sample(text, delimiter, True)[0]}
        if len(widths) == 1 and (width := widths.pop()) > most:
            found, most = delimiter, width
    if found != ",":
        form.notes.append(f"delimiter: {found!r}")
    return found


def _has_header(sample: list[list[str]], form: Form) -> bool:
    """Tells whether the first row names the columns.

    It does not where one of its cells comes again in the same column, or is a number as all below it are.
    """
    first, rest = sample[0], sample[1:]
    if form.no_header:
        return False
    if form.column in first or all(cell.strip().lower() in HEADINGS for cell in first):
        return True
    for index, cell in enumerate(first):
        below = [row[index] for row in rest if index < len(row)]
        if cell in below or (below and _is_number(cell) and all(map(_is_number, below))):
            return False
    return True


def _is_number(cell: str) -> bool:
    return cell.strip().lstrip("+-").replace(".", "", 1).replace(",", "", 1).isdecimal()
