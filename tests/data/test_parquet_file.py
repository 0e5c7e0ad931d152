"""Parquet files written table by table and read some rows at a time."""

from pathlib import Path

import polars as pl
import pytest

from moregrad.data.form import Form
from moregrad.data.parquet_file import read_slices, write_parquet
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


def test_a_footer_is_written_when_all_tables_are_there(tmp_path: Path):
    told = {"rows": "0"}

    def tables():
        yield pl.DataFrame({"word": ["ada"]})
        told["rows"] = "1"

    write_parquet(tables(), tmp_path / "a.parquet", footer=lambda: told)
    assert pl.read_parquet_metadata(tmp_path / "a.parquet")["rows"] == "1"


def test_some_rows_are_read_without_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("moregrad.data.parquet_file.SLICE", 4)
    table = pl.DataFrame({"id": range(20), "name": [f"n{number}" for number in range(20)]})
    table.write_parquet(tmp_path / "a[1].parquet", row_group_size=3)
    slices = list(read_slices(tmp_path / "a[1].parquet", Form(column="name"), start=5, rows=9))
    assert [len(each) for each in slices] == [4, 4, 1]
    assert pl.concat(slices).struct.field("row").struct.unnest().equals(table[5:14])
    assert pl.concat(slices).struct.field("word").to_list() == table["name"][5:14].to_list()
    with pytest.raises(DataError, match=r"has no column 'names'"):
        list(read_slices(tmp_path / "a[1].parquet", Form(column="names"), start=0, rows=1))
    (tmp_path / "b.parquet").write_text("no table")
    for name in ("b.parquet", "c.parquet"):
        with pytest.raises(DataError, match=rf"cannot read .*{name} as \.parquet: "):
            list(read_slices(tmp_path / name, Form(), start=0, rows=1))
