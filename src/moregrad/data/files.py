"""Word lists in files: text and tables, each optionally gzipped."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import polars as pl

from moregrad.atomic import write_bytes
from moregrad.data.bounded import DEFAULT, Limits, open_bounded
from moregrad.data.lines import ByteStream, read_lines
from moregrad.data.tables import TABLES, Column
from moregrad.errors import DataError


def read_words(
    path: Path, column: Column = None, *, name: str | None = None, limits: Limits = DEFAULT
) -> Iterator[pl.Series]:
    """Yields the raw words of a file, some at a time: a column of a table, or the lines of a text.

    The suffix of `path` decides the format: .csv, .tsv, .jsonl, .parquet or else text, each optionally followed by .gz.
    `name` replaces the path in messages. Raises DataError for a file that is missing, damaged, not UTF-8 or beyond
    `limits`, and for a column that it does not have.
    """
    name, kind = name or str(path), _kind(path)
    if column is not None and kind not in TABLES:
        raise DataError(f"{name} is read as lines and has no column {column!r}; leave the column out")
    line = None if kind == ".parquet" else limits.line
    with _open(path, name, line, limits.table if kind in TABLES else limits.text) as stream:
        if kind in TABLES:
            yield TABLES[kind](stream, name, column)
        else:
            yield from read_lines(stream, name)


def write_words(words: pl.Series, path: Path) -> None:
    """Writes `words` to a file of a kind that `read_words` reads, whole or not at all; raises DataError if unable."""
    content = _serialize(words.rename("word").to_frame(), _kind(path))
    try:
        write_bytes(path, gzip.compress(content, mtime=0) if _is_zipped(path) else content)
    except OSError as error:
        raise DataError(f"cannot write {path}: {error.strerror or error}") from error


def _kind(path: Path) -> str:
    """Returns the suffix that decides the format."""
    return Path(path.stem if _is_zipped(path) else path.name).suffix.lower()


def _is_zipped(path: Path) -> bool:
    return path.suffix.lower() == ".gz"


@contextmanager
def _open(path: Path, name: str, line: int | None, file: int | None) -> Iterator[ByteStream]:
    try:
        with open_bounded(path, name, line=line, file=file) as stream:
            yield stream
    except (FileNotFoundError, IsADirectoryError) as error:
        raise DataError(f"cannot read {name}: {error.strerror}; give an existing file or a known source") from error
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"cannot read {name}: {getattr(error, 'strerror', None) or error}") from error
    except pl.exceptions.PolarsError as error:
        reason = str(error).splitlines()[0]
        raise DataError(f"cannot read {name} as {_kind(path)}: {reason}; repair it or give another file") from error


def _serialize(table: pl.DataFrame, kind: str) -> bytes:
    stream = BytesIO()
    match kind:
        case ".csv":
            table.write_csv(stream)
        case ".tsv":
            table.write_csv(stream, separator="\t", quote_style="never")
        case ".jsonl":
            table.write_ndjson(stream)
        case ".parquet":
            table.write_parquet(stream)
        case _:
            table.write_csv(stream, include_header=False, quote_style="never")
    return stream.getvalue()
