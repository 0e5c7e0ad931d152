"""Parquet files that are written table by table, however many there are."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from moregrad.atomic import replacing
from moregrad.errors import DataError


def write_parquet(tables: Iterable[pl.DataFrame], path: Path) -> None:
    """Writes tables of the same columns, one below the other, to one file, whole or not at all.

    Each goes to a file of its own beside `path` first, so that few are in memory at a time. Raises DataError if there
    are none, and OSError where the file cannot be written.
    """
    with replacing(path) as temporary, TemporaryDirectory(prefix=".", suffix=".part", dir=path.parent) as folder:
        parts = [_write_part(table, Path(folder) / str(number)) for number, table in enumerate(tables)]
        if not parts:
            raise DataError(f"there is not a single row, so {path} is not written")
        pl.scan_parquet(parts, glob=False).sink_parquet(temporary)


def _write_part(table: pl.DataFrame, file: Path) -> Path:
    table.write_parquet(file)
    return file
