"""Delimited text: the delimiter and the header are found at the beginning, and every line is accounted for."""

import csv
import io
from collections.abc import Iterator

import polars as pl

from moregrad.data.form import Column, Form
from moregrad.data.lines import split_lines
from moregrad.errors import DataError

DELIMITERS = ",;\t|"
SAMPLE = 100
BEGINNING = 2**20
END = "\0"
NAMES = "word words name names firstname first_name lastname last_name surname city town id text"
HEADINGS = frozenset(NAMES.split())


def read_delimited(text: str, name: str, form: Form, *, delimiter: str | None = None, quotes: bool = True) -> pl.Series:
    """Returns one raw word for each row of `text`; a row too short for the column, or a blank one, gives a null.

    Rows are those of Python's csv module. Raises DataError with the line for a row of more fields than the first one
    and for a quotation mark that is never closed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, skipped, told = _take_sep_line(text)
    if not text.strip():
        return pl.Series("word", [], dtype=pl.String)
    delimiter = form.delimiter or told or delimiter or _find_delimiter(text, form)
    quotes = quotes and '"' in text
    sample = _sample(text, delimiter, quotes)
    first, headed = sample[0], _has_header(sample, form)
    if headed:
        form.notes.append(f"header: {', '.join(map(repr, first))}")
        index = choose(first, form.column, name)
    else:
        form.notes.append("no header: the first row is a word like the others")
        index = choose([str(number + 1) for number in range(len(first))], form.column, name)
    read = _read_quoted if quotes else _read_plain
    words = read(text, name, delimiter, index, len(first), skipped, form)
    return words.slice(1) if headed else words


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


def _sample(text: str, delimiter: str, quotes: bool) -> list[list[str]]:
    """Returns the first rows that are not blank; a last row that may be cut is left out."""
    beginning = text[:BEGINNING]
    rows = csv.reader(
        io.StringIO(beginning, newline=""), delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE
    )
    found: list[list[str]] = []
    try:
        for row in rows:
            if row:
                found.append(row)
            if len(found) == SAMPLE:
                break
    except csv.Error:
        pass
    if len(beginning) < len(text) and 1 < len(found) < SAMPLE:
        found.pop()
    return found or [[""]]


def _find_delimiter(text: str, form: Form) -> str:
    """Returns the delimiter that gives all first rows the same number of fields, and most of them; else the comma."""
    found, most = ",", 1
    for delimiter in DELIMITERS:
        widths = {len(row) for row in _sample(text, delimiter, True)}
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


def _read_plain(text: str, name: str, delimiter: str, index: int, width: int, before: int, form: Form) -> pl.Series:
    """Reads a column of text in which no quotation mark has a meaning."""
    lines = split_lines(text)
    fields = lines.str.count_matches(delimiter, literal=True) + 1
    if (fields > width).any():
        line = int((fields > width).arg_max() or 0)
        raise _too_wide(name, line + 1 + before, int(fields[line]), width)
    blank = int((lines == "").sum())
    start = _first_filled(lines)
    if start:
        form.notes.append(f"{start} blank lines before the table")
    lines = lines.slice(start)
    words = lines if width == 1 else lines.str.split_exact(delimiter, width - 1).struct.field(f"field_{index}")
    return words.alias("word") if not blank else words.set(lines == "", None).alias("word")


def _first_filled(lines: pl.Series) -> int:
    return int((lines != "").arg_max() or 0)


def _read_quoted(text: str, name: str, delimiter: str, index: int, width: int, before: int, form: Form) -> pl.Series:
    """Reads a column with Python's csv module."""
    words = list(_quoted_words(text, name, delimiter, index, width, before))
    lines = text.count("\n") + (not text.endswith("\n"))
    if lines != len(words):
        form.notes.append(f"{lines:,} lines hold {len(words):,} rows, because quoted fields span lines")
    start = next((number for number, word in enumerate(words) if word != ""), 0)
    return pl.Series("word", words[start:], dtype=pl.String)


def _quoted_words(text: str, name: str, delimiter: str, index: int, width: int, before: int) -> Iterator[str | None]:
    whole = text if text.endswith("\n") else f"{text}\n"
    rows, line, ended = csv.reader(io.StringIO(whole + END, newline=""), delimiter=delimiter), 1, False
    filled = False
    try:
        for row in rows:
            if row == [END]:
                ended = True
                break
            if row and row[-1].endswith(END):
                break
            if len(row) > width:
                raise _too_wide(name, line + before, len(row), width)
            filled = filled or bool(row)
            if not row and not filled:
                yield ""
            else:
                yield row[index] if index < len(row) else None
            line = rows.line_num + 1
    except csv.Error as error:
        raise DataError(
            f"{name}: line {line + before} cannot be read: {error}; look for a stray quotation mark"
        ) from error
    if not ended:
        raise DataError(
            f"{name}: a quotation mark opens in line {line + before} and is never closed; close or double it"
        )


def _too_wide(name: str, line: int, fields: int, width: int) -> DataError:
    return DataError(
        f"{name}: line {line} has more fields than the first row, {fields} and not {width}; "
        "put a word that holds the delimiter in quotation marks, or name another delimiter with --delimiter"
    )
