"""One column of a table as raw words: CSV, TSV, JSON, JSON lines and Parquet."""

import json
from collections.abc import Callable
from io import BytesIO
from types import NoneType
from typing import Any

import polars as pl

from moregrad.data.delimited import choose, read_delimited
from moregrad.data.form import Form
from moregrad.data.lines import ByteStream, read_blocks, split_lines
from moregrad.errors import DataError

Table = Callable[[ByteStream, str, Form], pl.Series]


def read_csv(stream: ByteStream, name: str, form: Form) -> pl.Series:
    """Reads a column of delimited fields, optionally quoted."""
    return read_delimited(_text(stream, name, form), name, form)


def read_tsv(stream: ByteStream, name: str, form: Form) -> pl.Series:
    """Reads a column of fields separated by tabs; quotation marks have no special meaning."""
    return read_delimited(_text(stream, name, form), name, form, delimiter="\t", quotes=False)


def read_json(stream: ByteStream, name: str, form: Form) -> pl.Series:
    """Reads a JSON array of strings, or a field of a JSON array of objects."""
    text = _text(stream, name, form)
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(
            f"cannot read {name} as JSON: {error}; repair it, or name it .jsonl if a line is a row"
        ) from error
    if not isinstance(rows, list):
        raise DataError(f"{name} holds one JSON {_kind(rows)}; give an array of strings, or of objects with --column")
    return pl.Series("word", list(_items(rows, name, form)), dtype=pl.String)


def _items(rows: list[Any], name: str, form: Form) -> list[str | None]:
    """Returns the strings, or the fields of the objects, of an array."""
    objects = [row for row in rows if isinstance(row, dict)]
    columns = list(dict.fromkeys(key for row in objects for key in row))
    field = columns[choose(columns, form.column, name)] if columns else None
    words: list[str | None] = []
    for number, row in enumerate(rows, 1):
        word = row.get(field) if objects and isinstance(row, dict) else row
        if isinstance(word, dict | list | bool) or isinstance(row, dict) != bool(objects):
            raise DataError(
                f"{name}: item {number} is {json.dumps(row)[:60]}; every item must be a string or an object"
            )
        words.append(None if word is None else str(word))
    return words


def _kind(value: Any) -> str:
    return "object" if isinstance(value, dict) else "value"


def read_json_lines(stream: ByteStream, name: str, form: Form) -> pl.Series:
    """Reads a field of the JSON object on every line, or the JSON string on every line."""
    rows = split_lines(_text(stream, name, form)).str.strip_chars()
    filled = rows.filter(rows != "")
    if filled.is_empty():
        return rows
    rows = rows.replace("", "null")
    try:
        match json.loads(filled[0]):
            case str():
                return rows.str.json_decode(pl.String)
            case dict() as record:
                field = list(record)[choose(list(record), form.column, name)]
                return rows.str.json_decode(pl.Struct({field: pl.String})).struct.field(field)
    except (ValueError, pl.exceptions.PolarsError):
        pass
    raise DataError(f"{name}: {_complaint(rows)}; every line must hold a JSON object, or every line a JSON string")


def read_parquet(stream: ByteStream, name: str, form: Form) -> pl.Series:
    """Reads a column of a Parquet table."""
    data = BytesIO(stream.read())
    columns = list(pl.read_parquet_schema(data))
    field = columns[choose(columns, form.column, name)]
    return pl.read_parquet(data, columns=[field]).to_series().cast(pl.String)


TABLES: dict[str, Table] = {
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".parquet": read_parquet,
}


def _text(stream: ByteStream, name: str, form: Form) -> str:
    return "".join(read_blocks(stream, name, form.encoding))


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
