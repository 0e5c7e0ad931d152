"""One column of a table as raw words, or with their whole rows: CSV, TSV, JSON, JSON lines, Parquet and Excel."""

from collections.abc import Callable, Iterator
from io import BytesIO

import polars as pl

from moregrad.data.delimited import choose, read_delimited
from moregrad.data.form import Form
from moregrad.data.json_lists import parse_json, parse_json_lines
from moregrad.data.lines import ByteStream, read_blocks
from moregrad.data.whole_rows import with_rows
from moregrad.data.workbook import read_xlsx

SLICE = 2**20

Table = Callable[[ByteStream, str, Form], pl.Series]


def read_csv(stream: ByteStream, name: str, form: Form) -> pl.Series:
    """Reads a column of delimited fields, optionally quoted."""
    return read_delimited(_text(stream, name, form), name, form)


def read_tsv(stream: ByteStream, name: str, form: Form) -> pl.Series:
    """Reads a column of fields separated by tabs; quotation marks have no special meaning."""
    return read_delimited(_text(stream, name, form), name, form, delimiter="\t", quotes=False)


def read_json(stream: ByteStream, name: str, form: Form) -> pl.Series:
    """Reads a JSON array of strings, or a field of a JSON array of objects, or a column of an object of arrays."""
    return parse_json(_text(stream, name, form), name, form)


def read_json_lines(stream: ByteStream, name: str, form: Form) -> pl.Series:
    """Reads a field of the JSON object on every line, or the JSON string on every line."""
    return parse_json_lines(_text(stream, name, form), name, form)


def read_parquet(stream: ByteStream, name: str, form: Form) -> pl.Series:
    """Reads a column of a Parquet table."""
    data = BytesIO(stream.read())
    columns = list(pl.read_parquet_schema(data))
    field = columns[choose(columns, form, name)]
    return pl.read_parquet(data, columns=[field]).to_series().cast(pl.String)


def read_parquet_rows(stream: ByteStream, name: str, form: Form) -> Iterator[pl.Series]:
    """Yields structures of a word and its row, about a million at a time, so that a table may be long."""
    data = BytesIO(stream.read())
    columns = list(pl.read_parquet_schema(data))
    field = columns[choose(columns, form, name)]
    whole = pl.scan_parquet(data)
    for start in range(0, whole.select(pl.len()).collect().item(), SLICE):
        table = whole.slice(start, SLICE).collect()
        yield with_rows(table[field].cast(pl.String), table)


TABLES: dict[str, Table] = {
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".parquet": read_parquet,
    ".xlsx": read_xlsx,
}
BINARY = (".parquet", ".xlsx")


def _text(stream: ByteStream, name: str, form: Form) -> str:
    return "".join(read_blocks(stream, name, form.encoding))
