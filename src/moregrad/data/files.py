"""Word lists in files: text and tables, each optionally gzipped."""

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import polars as pl

from moregrad.atomic import write_bytes
from moregrad.data.bounded import DEFAULT, Limits, open_bounded
from moregrad.data.content import refuse_content
from moregrad.data.form import Form
from moregrad.data.labelled import read_labelled
from moregrad.data.lines import ByteStream, read_lines
from moregrad.data.tables import BINARY, TABLES, read_csv, read_parquet_rows
from moregrad.data.workbook import write_xlsx
from moregrad.errors import DataError

ENDINGS = (
    "xls xlsm xlsb ods yaml yml toml html htm xml zip tar tgz bz2 xz zst 7z rar pdf doc docx odt rtf "
    "png jpg jpeg gif webp svg mp3 mp4 wav db sqlite pkl npy npz pt safetensors exe so"
)
TABULAR = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet")
"""Files that are written with more columns than the words."""

WITHOUT_LINES = (*BINARY, ".json")
"""Files that are held to no length of a line: a JSON array stands on one line, however many words it has."""

NO_LISTS = frozenset(f".{ending}" for ending in ENDINGS.split())


def read_words(
    path: Path, form: Form | None = None, *, name: str | None = None, limits: Limits = DEFAULT
) -> Iterator[pl.Series]:
    """Yields the raw words of a file, some at a time: a column of a table, or the lines of a text.

    Where `form` names a column of labels, structures of a word and its label; where it is whole, those of a word and
    its row, if the file is a table.

    The suffix of `path` decides the format: .csv, .tsv, .json, .jsonl, .ndjson, .parquet, .xlsx or else text, each
    optionally followed by .gz; gzip data are known without it too, and a text with a delimiter is a table.
    `name` replaces the path in messages. Raises DataError for a file that is missing, damaged, not UTF-8 or beyond
    `limits`, and for a column that it does not have.
    """
    name, kind, form = name or str(path), _kind(path), form or Form()
    _refuse(kind, name)
    table = TABLES.get(kind, read_csv if form.delimiter else None)
    for column in (form.column, form.label):
        if column is not None and table is None:
            raise DataError(
                f"{name} is read as lines and has no column {column!r}; leave the column out, or give the delimiter"
            )
    line = None if kind in WITHOUT_LINES else limits.line
    with _open(path, name, line, limits.table if table else limits.text) as stream:
        if table and form.label is not None:
            yield read_labelled(table, stream, name, form)
        elif form.whole and kind == ".parquet":
            yield from read_parquet_rows(stream, name, form)
        elif table:
            yield table(stream, name, form)
        else:
            yield from read_lines(stream, name, form)


def write_words(words: pl.Series, path: Path, *, labels: pl.Series | None = None) -> None:
    """Writes `words` to a file of a kind that `read_words` reads, whole or not at all; raises DataError if unable.

    With `labels` a table has a column of them as well.
    """
    table = words.rename("word").to_frame()
    if labels is not None:
        if _kind(path) not in TABULAR:
            raise DataError(f"{path} cannot hold words with labels; name a {', '.join(TABULAR)} file")
        table = table.with_columns(labels.alias("label"))
    write_table(table, path)


def write_table(table: pl.DataFrame, path: Path) -> None:
    """Writes a table as `write_words` does; of one that goes to a text or a workbook only the column `word`."""
    _refuse(_kind(path), str(path))
    content = _serialize(table, path)
    try:
        write_bytes(path, gzip.compress(content, mtime=0) if _is_zipped(path) else content)
    except OSError as error:
        raise DataError(f"cannot write {path}: {error.strerror or error}") from error


def refuse_file(name: str, content: bytes) -> None:
    """Raises DataError for a file that its name or its first bytes show to be no list, whatever options are given."""
    _refuse(_kind(Path(name)), name)
    if _kind(Path(name)) not in BINARY and not _is_zipped(Path(name)):
        refuse_content(content, name)


def _refuse(kind: str, name: str) -> None:
    """Raises DataError for a kind of file that holds no lines and no table moregrad knows."""
    if kind in NO_LISTS:
        raise DataError(
            f"{name} is a {kind} file, not a list; use a text file, .csv, .tsv, .json, .jsonl, .ndjson, .parquet "
            "or .xlsx (a spreadsheet program saves as CSV)"
        )


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


def _serialize(table: pl.DataFrame, path: Path) -> bytes:
    stream = BytesIO()
    match _kind(path):
        case ".csv":
            table.write_csv(stream)
        case ".tsv":
            table.write_csv(stream, separator="\t", quote_style="never")
        case ".json":
            rows = table["word"].to_list() if table.width == 1 else table.to_dicts()
            stream.write(json.dumps(rows, ensure_ascii=False).encode())
        case ".jsonl" | ".ndjson":
            table.write_ndjson(stream)
        case ".parquet":
            table.write_parquet(stream)
        case ".xlsx":
            stream.write(write_xlsx(table["word"], str(path)))
        case _:
            table.select("word").write_csv(stream, include_header=False, quote_style="never")
    return stream.getvalue()
