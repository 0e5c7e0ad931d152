"""Delimited text: the delimiter and the header are found at the beginning, and every line is accounted for."""

import csv
import io
import re
from contextlib import suppress
from dataclasses import replace

import polars as pl

from moregrad.data.form import Form
from moregrad.data.rows import Layout, read_rows
from moregrad.data.whole_rows import name_columns, with_rows
from moregrad.errors import DataError

DELIMITERS = ",;\t|"
SAMPLE = 100
BEGINNING = 2**20
SHOWN, LETTERS = 20, 40
LINE_END = "\n"
NAMES = (
    "word words name names firstname first_name lastname last_name surname city town country company product species "
    "domain title label id text vorname nachname ort stadt prénom nom ville nombre apellido ciudad nome cognome"
)
HEADINGS = frozenset(NAMES.split())


def read_delimited(text: str, name: str, form: Form, *, delimiter: str | None = None, quotes: bool = True) -> pl.Series:
    """Returns one raw word for each row of `text`; a row too short for the column, or a blank one, gives a null.

    If the form is whole, structures of the word and its row are returned. Rows are those of Python's csv module. Raises
    DataError with the line for a row of more fields than the first one and for a quotation mark that is never closed.
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
    layout = Layout(delimiter, quotes, len(sample[0]), index, skip, before, form.whole)
    words = read_rows(text, name, layout, form.notes).slice(int(headed))
    if not form.whole:
        return words
    table = words.struct.rename_fields(name_columns(sample[0] if headed else None, layout.width, index)).struct.unnest()
    return with_rows(table.to_series(index), table)


def find_column(sample: list[list[str]], name: str, form: Form) -> tuple[int, bool]:
    """Returns the index of the column asked for, and whether the first row of `sample` is a header."""
    first, headed = sample[0], _has_header(sample, form)
    if headed:
        form.notes.append(f"header: {_list([repr(cell) for cell in first])}")
        return choose(first, form, name), True
    form.notes.append(f"no header: the first row, {_list([repr(cell) for cell in first])}, is read like the others")
    return choose([str(number + 1) for number in range(len(first))], form, name), False


def choose(columns: list[str], form: Form, name: str) -> int:
    """Returns the index of a column, found by its name, by its number from 1, or as the only one beside the labels."""
    column = form.column
    if column is None and len(columns) == 1:
        return 0
    if column is None and len(columns) == 2 and form.label is not None:
        index = 1 - choose(columns, replace(form, column=form.label), name)
        form.notes.append(f"words: the column {columns[index]!r}, which is not that of the labels")
        return index
    if column in columns:
        return columns.index(str(column))
    if str(column).isdecimal() and len(str(column)) < 10 and 1 <= int(str(column)) <= len(columns):
        return int(str(column)) - 1
    asked = "has several columns" if column is None else f"has no column {column!r}"
    raise DataError(f"{name} {asked}; choose one of {_list(columns)}, or a number from 1 to {len(columns)}")


def _list(names: list[str]) -> str:
    """Returns the first names, cut to a length that can be read."""
    shown = [name if len(name) <= LETTERS else f"{name[:LETTERS]}…" for name in names[:SHOWN]]
    return ", ".join(shown) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")


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
    """Tells whether the first row names the columns, as most of those columns say that can tell.

    If none can, several columns have a header, and a single one has only a name in HEADINGS, lest a word be lost.

    Over numbers, a cell that is none names them, and a number does not, but for a year over what are no years. Over
    other cells, one that comes again does not, and one without digits names those that mostly have some.
    A row that repeats the first one says nothing.
    """
    first, rest = sample[0], sample[1:]
    if form.no_header:
        return False
    if form.column in first or form.label in first or all(cell.strip().lower() in HEADINGS for cell in first):
        return True
    if len(first) > 1:
        rest = [row for row in rest if row != first]
    votes = 0
    for index, cell in enumerate(first):
        below = [row[index] for row in rest if index < len(row) and row[index].strip()]
        if not cell.strip() or not below:
            continue
        if all(map(_is_number, below)):
            named = not _is_number(cell) or (_is_year(cell) and not all(map(_is_year, below)))
            votes += 1 if named else -1
        elif cell in below:
            votes -= 1
        elif not _has_digit(cell) and 2 * sum(map(_has_digit, below)) > len(below):
            votes += 1
    return votes > 0 or (votes == 0 and len(first) > 1)


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _is_year(cell: str) -> bool:
    return re.fullmatch("(1[5-9]|20)[0-9]{2}", cell.strip()) is not None


def _is_number(cell: str) -> bool:
    return cell.strip().lstrip("+-").replace(".", "", 1).replace(",", "", 1).isdecimal()
