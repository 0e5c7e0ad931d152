"""Lists that are cut into parts."""

import os
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from moregrad.errors import DataError
from moregrad.parts.lists import ListFile, cut, find_lists


def paths(*places: Path | str) -> list[Path]:
    return [each.path for each in find_lists(places)]


def test_every_row_is_in_one_part_and_other_lists_are_whole(tmp_path: Path, table: Path):
    text = tmp_path / "words.txt"
    text.write_text("ada\nlea\n")
    lists = [ListFile.of(table), ListFile.of(text)]
    assert [(part.number, part.source, part.start, part.rows) for part in cut(lists, 40)] == [
        (0, 0, 0, 40),
        (1, 0, 40, 40),
        (2, 0, 80, 20),
        (3, 1, 0, None),
    ]


def test_a_table_without_rows_is_one_part(tmp_path: Path):
    pl.DataFrame(schema={"name": pl.String}).write_parquet(tmp_path / "a.parquet")
    assert [part.rows for part in cut([ListFile.of(tmp_path / "a.parquet")], 40)] == [0]


def test_a_list_is_known_by_all_of_its_content(table: Path):
    assert ListFile.of(table).to_dict() == {
        "path": str(table),
        "sha256": sha256(table.read_bytes()).hexdigest(),
        "rows": 100,
    }


def test_a_folder_stands_for_its_tables_by_name(tmp_path: Path, table: Path):
    (tmp_path / "b.PARQUET").write_bytes(table.read_bytes())
    (tmp_path / "notes.txt").touch()
    assert paths(tmp_path) == [table, tmp_path / "b.PARQUET"]
    assert paths(tmp_path / "notes.txt", table) == [tmp_path / "notes.txt", table]
    assert paths(f"{tmp_path}/*.PAR*") == [tmp_path / "b.PARQUET"]


def test_a_list_that_changes_is_noticed(table: Path):
    listed = ListFile.of(table)
    listed.check()
    content = table.read_bytes()
    table.write_bytes(content[:-1] + b"2")
    os.utime(table, (1, 1))
    with pytest.raises(DataError, match="is not what it was when the work began; begin anew with --restart"):
        listed.check()
    table.write_bytes(content)
    os.utime(table, (2, 2))
    listed.check()
    table.unlink()
    with pytest.raises(DataError, match="is not what it was"):
        listed.check()


def test_what_is_no_list_is_told(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.parquet").write_text("no table")
    with pytest.raises(DataError, match="empty is a folder without Parquet files"):
        find_lists([tmp_path / "empty"])
    with pytest.raises(DataError, match="there is no file 'names'"):
        find_lists(["names"])
    with pytest.raises(DataError, match="there is no list"):
        find_lists([])
    with pytest.raises(DataError, match=r"cannot read .*a\.parquet as \.parquet: "):
        ListFile.of(tmp_path / "a.parquet")
    with pytest.raises(DataError, match=r"cannot read .*: No such file"):
        ListFile.of(tmp_path / "b.parquet")
