"""One column of a table as raw words: CSV, TSV, JSON lines and Parquet."""

import json
from collections.abc import Callable
from io import BytesIO
from types import NoneType

import polars as pl

from moregrad.data.lines import ByteStream, read_blocks, split_lines
from moregrad.errors import DataError

Column = str | int | None
Table = Callable[[ByteStream, str, Column], pl.Series]


def read_csv(stream: ByteStream, name: str, column: Column) -> pl.Series:
    """Reads a column of a table with a header, fields separated by commas and optionally quoted."""
    return _read_separated(stream, name, column, ",", '"')


def read_tsv(stream: ByteStream, name: str, column: Column) -> pl.Series:
    """Reads a column of a table with a header, fields separated by tabs; quotation marks have no special meaning."""
    return _read_separated(stream, name, column, "\t", None)


def read_json_lines(stream: ByteStream, name: str, column: Column) -> pl.Series:
    """Reads a field of the JSON object on every line, or the JSON string on every line."""
    rows = split_lines(_text(stream, name)).str.strip_chars()
    filled = rows.filter(rows != "")
    if filled.is_empty():
        return rows
    rows = rows.replace("", "null")
    try:
        match json.loads(filled[0]):
            case str():
                return rows.str.json_decode(pl.String)
            case dict() as record:
                field = _choose(list(record), column, name)
                return rows.str.json_decode(pl.Struct({field: pl.String})).struct.field(field)
    except (ValueError, pl.exceptions.PolarsError):
        pass
    raise DataError(f"{name}: {_complaint(rows)}; every line must hold a JSON object, or every line a JSON string")


def read_parquet(stream: ByteStream, name: str, column: Column) -> pl.Series:
    """Reads a column of a Parquet table."""
    data = BytesIO(stream.read())
    field = _choose(list(pl.read_parquet_schema(data)), column, name)
    return pl.read_parquet(data, columns=[field]).to_series().cast(pl.String)


TABLES: dict[str, Table] = {
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".jsonl": read_json_lines,
    ".parquet": read_parquet,
}


def _text(stream: ByteStream, name: str) -> str:
    return "".join(read_blocks(stream, name))


def _read_separated(stream: ByteStream, name: str, column: Column, separator: str, quote: str | None) -> pl.Series:
    text = _text(stream, name).encode()
    if not text.strip():
        return pl.Series([], dtype=pl.String)
    header = pl.read_csv(text, separator=separator, quote_char=quote, infer_schema=False, n_rows=0).columns
    index = header.index(_choose(header, column, name))
    table = pl.read_csv(text, separator=separator, quote_char=quote, infer_schema=False, columns=[index])
    return table.to_series()


def _choose(columns: list[str], column: Column, name: str) -> str:
    """Finds a column by its name, by its number from 1, or because it is the only one."""
    if column is None and len(columns) == 1:
        return columns[0]
    if column in columns:
        return str(column)
    if str(column).isdecimal() and len(str(column)) < 10 and 1 <= int(str(column)) <= len(columns):
        return columns[int(str(column)) - 1]
    asked = "has several columns" if column is None else f"has no column {column!r}"
    raise DataError(f"{name} {asked}; choose one of {', '.join(columns)}, or a number from 1 to {len(columns)}")


def _complaint(rows: pl.Series) -> str:
    """Describes the first line that is neither an object nor a string."""
    for number, row in enumerate(rows, 1):
        try:
            fits = isinstance(json.loads(row), dict | str | NoneType)
        except ValueError:
            fits = False
        if not fits:
            return f"line {number} is {row[:60]!r}"
    return "its lines differ in kind"
