"""Every row of a source, in reading form."""

from pathlib import Path

import polars as pl
import pytest

from moregrad.data.reading import Reading
from moregrad.data.streaming import stream_rows, stream_some_rows, stream_words
from moregrad.errors import DataError, SourceError


def stream(*given, **options) -> list[str]:
    return pl.concat(stream_words(*given, **options)).to_list()


def test_a_word_comes_out_for_every_row():
    words = [" emma\t", "", "emma", "n\u0303", "em\tma", "ÆON"]
    assert stream(words) == ["emma", "", "emma", "ñ", "em\tma", "ÆON"]
    assert stream(words, lower=True)[-1] == "æon"


def test_a_missing_word_of_a_table_is_an_empty_one(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("id,name\n1, emma\n2,\n3,ava\n", encoding="utf-8")
    assert stream(path, column="name") == ["emma", "", "ava"]


def test_how_a_table_was_understood_is_noted(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("id;name\n1;emma\n\n", encoding="utf-8")
    notes: list[str] = []
    assert stream(path, column="name", notes=notes) == ["emma", ""]
    assert notes == ["delimiter: ';'", "header: 'id', 'name'", "blank rows: 1, the first in line 3"]


def test_a_long_list_comes_in_parts():
    parts = list(stream_words(f"w{number}" for number in range(2**16 + 1)))
    assert [len(part) for part in parts] == [2**16, 1]


def test_what_cannot_be_found_or_read_is_refused(tmp_path):
    with pytest.raises(SourceError, match="no source 'nmaes'"):
        stream_words("nmaes")
    with pytest.raises(DataError, match="cannot read"):
        stream(tmp_path / "missing.txt")


def test_rows_of_a_table_come_with_their_words_and_lines_make_a_table(tmp_path):
    (tmp_path / "a.csv").write_text('id,name\n1, Ada \n\n2,"Le\na"\n3\n')
    (tmp_path / "a.txt").write_text(" Ada\nLea\n")
    reading = Reading(column="name")
    ((words, table),) = stream_rows(tmp_path / "a.csv", reading, notes=[])
    assert words.to_list() == stream(tmp_path / "a.csv", column="name") == ["Ada", "", "Le\na", ""]
    assert table.rows() == [("1", " Ada "), (None, None), ("2", "Le\na"), ("3", None)]
    ((words, table),) = stream_rows(tmp_path / "a.txt", Reading(), notes=[])
    assert table.to_dict(as_series=False) == {"word": words.to_list()} == {"word": ["Ada", "Lea"]}


def test_long_tables_come_in_parts(tmp_path):
    pl.DataFrame({"name": ["ada"] * 140_000, "id": range(140_000)}).write_parquet(tmp_path / "a.parquet")
    parts = list(stream_rows(tmp_path / "a.parquet", Reading(column="name"), notes=[]))
    assert [len(words) for words, _ in parts] == [65_536, 65_536, 8_928]
    assert pl.concat([table for _, table in parts])["id"].to_list() == list(range(140_000))


def test_some_rows_of_a_table_come_with_their_words(tmp_path: Path):
    pl.DataFrame({"name": [" Ada", None, "LEA"], "id": [1, 2, 3]}).write_parquet(tmp_path / "a.parquet")
    reading = Reading(column="name", lower=True)
    ((words, table),) = stream_some_rows(tmp_path / "a.parquet", reading, start=1, rows=2)
    assert words.to_list() == ["", "lea"]
    assert table.to_dicts() == [{"name": None, "id": 2}, {"name": "LEA", "id": 3}]
