"""Parquet files of any length: written table by table, and read some rows at a time."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from moregrad.atomic import replacing
from moregrad.data.delimited import choose
from moregrad.data.form import Form
from moregrad.data.whole_rows import with_rows
from moregrad.errors import DataError

SLICE = 2**18
"""Rows read at a time."""


def write_parquet(
    tables: Iterable[pl.DataFrame], path: Path, *, footer: Callable[[], Mapping[str, str]] = dict
) -> None:
    """Writes tables of the same columns, one below the other, to one file, whole or not at all.

    Each goes to a file of its own beside `path` first, so that few are in memory at a time. `footer` returns what is
    kept beside the columns, and is called when all tables are there. Raises DataError if there are none, and OSError
    where the file cannot be written.
    """
    with replacing(path) as temporary, TemporaryDirectory(prefix=".", suffix=".part", dir=path.parent) as folder:
        parts = [_write_part(table, Path(folder) / str(number)) for number, table in enumerate(tables)]
        if not parts:
            raise DataError(f"there is not a single row, so {path} is not written")
        pl.scan_ipc(parts, glob=False).sink_parquet(temporary, metadata=dict(footer()))


def read_slices(path: Path, form: Form, *, start: int, rows: int) -> Iterator[pl.Series]:
    """Yields structures of a word and its row, of `rows` rows from row `start`, without the rest of the file.

    Raises DataError for a file that cannot be read, and for a column that it does not have.
    """
    try:
        whole = pl.scan_parquet(path, glob=False)
        columns = whole.collect_schema().names()
        field = columns[choose(columns, form, str(path))]
        for at in range(start, start + max(rows, 1), SLICE):
            table = whole.slice(at, min(SLICE, start + rows - at)).collect()
            yield with_rows(table[field].cast(pl.String), table)
    except (OSError, pl.exceptions.PolarsError) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise DataError(f"cannot read {path} as .parquet: {reason}; repair it or give another file") from error


def _write_part(table: pl.DataFrame, file: Path) -> Path:
    # Written and read again four times as fast as Parquet.
    table.write_ipc(file, compression="lz4")
    return file
