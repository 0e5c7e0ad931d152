"""Parquet files written table by table."""

from pathlib import Path

import polars as pl
import pytest

from moregrad.data.parquet_file import write_parquet
from moregrad.errors import DataError


def test_tables_stand_one_below_the_other_and_nothing_else_is_left(tmp_path: Path):
    path = tmp_path / "a[1].parquet"
    tables = [pl.DataFrame({"word": [f"{n}"], "surprisal": [[float(n)]]}) for n in range(12)]
    write_parquet(iter(tables), path)
    assert pl.read_parquet(path, glob=False).equals(pl.concat(tables))
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_on_the_way_leaves_nothing(tmp_path: Path):
    def tables():
        yield pl.DataFrame({"word": ["ada"]})
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_parquet(tables(), tmp_path / "a.parquet")
    with pytest.raises(DataError, match="not a single row"):
        write_parquet([], tmp_path / "a.parquet")
    assert list(tmp_path.iterdir()) == []
