"""Text and table files in, word lists out."""

import gzip
import json
import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moregrad.data import lines
from moregrad.data.bounded import Limits
from moregrad.data.cleaning import clean
from moregrad.data.files import read_words, write_words
from moregrad.data.form import Form
from moregrad.data.reading import Reading
from moregrad.errors import DataError

KINDS = [".txt", ".csv", ".tsv", ".jsonl", ".parquet", ".json", ".txt.gz", ".csv.gz", ".parquet.gz", "", ".list"]
KINDS += [".xlsx", ".xlsx.gz"]

TABLES = {
    ".csv": b'id,Name\r\n1,emma\r\n2,"a, b"\r\n3,NULL\r\n4,\r\n',
    ".tsv": b"id\tName\n1\temma\n2\ta, b\n3\tNULL\n4\t\n",
    ".jsonl": b'{"id":1,"Name":"emma"}\n{"id":2,"Name":"a, b"}\n{"id":3,"Name":"NULL"}\n{"id":4}\n',
}


def words_of(path: Path, column: str | int | None = None) -> list[str | None]:
    """All raw words of a file."""
    return [word for part in read_words(path, Form(column)) for word in part]


def written(folder: Path, name: str, content: bytes) -> Path:
    """A file with the given content."""
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content", [b"emma\nava\n", b"emma\nava", b"emma\r\nava\r\n", b"emma\rava\r", b"\xef\xbb\xbfemma\nava"]
)
def test_every_line_end_and_a_byte_order_mark_are_understood(tmp_path, content):
    assert words_of(written(tmp_path, "words.txt", content)) == ["emma", "ava"]
    assert words_of(written(tmp_path, "words.gz", gzip.compress(content))) == ["emma", "ava"]


def test_gzip_data_are_known_by_their_content(tmp_path):
    assert words_of(written(tmp_path, "words.txt", gzip.compress(b"emma\nava\n"))) == ["emma", "ava"]
    assert words_of(written(tmp_path, "words.csv", gzip.compress(b"name\nemma\n"))) == ["emma"]


def test_an_empty_file_has_no_words_and_an_empty_line_is_one(tmp_path):
    assert words_of(written(tmp_path, "none.txt", b"")) == []
    assert words_of(written(tmp_path, "lines.txt", b"\n\nemma\n\n")) == ["", "", "emma", ""]


def test_a_json_array_may_stand_on_one_line_however_long(tmp_path):
    words = [f"word{number}" for number in range(200)]
    limits = Limits(line=100, text=10_000, table=10_000)
    path = written(tmp_path, "words.json", json.dumps(words).encode())
    assert [word for part in read_words(path, limits=limits) for word in part] == words


def test_a_file_longer_than_a_block_is_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "BLOCK", 7)
    words = [f"{number}ñ" for number in range(100)]
    assert words_of(written(tmp_path, "words.txt", "\r\n".join(words).encode())) == words


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("column", ["Name", 2, "2"])
def test_a_column_is_chosen_by_name_or_number(tmp_path, kind, column):
    path = written(tmp_path, f"table{kind}", TABLES[kind])
    assert [word or "" for word in words_of(path, column)] == ["emma", "a, b", "NULL", ""]


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize(
    ("column", "complaint"), [(None, "several columns"), ("Nmae", "no column 'Nmae'"), (3, "no column 3")]
)
def test_a_column_that_is_not_there_is_refused_with_those_that_are(tmp_path, kind, column, complaint):
    path = written(tmp_path, f"table{kind}", TABLES[kind])
    with pytest.raises(DataError, match=f"{complaint}; choose one of id, Name, or a number from 1 to 2"):
        words_of(path, column)


def test_numbers_in_a_table_are_taken_as_text(tmp_path):
    path = tmp_path / "numbers.parquet"
    pl.DataFrame({"code": [1067, None]}).write_parquet(path)
    assert words_of(path) == ["1067", None]
    assert words_of(written(tmp_path, "numbers.jsonl", b'{"code":1067}\n{"code":null}\n')) == ["1067", None]


def test_json_lines_may_be_bare_strings(tmp_path):
    assert words_of(written(tmp_path, "words.jsonl", b'"emma"\n\n"\\u00f1"\n')) == ["emma", None, "ñ"]


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("words.txt", b"emma\nam\xe9lie\n", "line 2 is not UTF-8 (byte 0xe9)"),
        ("words.csv", b"Name\nemma\nava\nam\xe9lie\n", "line 4 is not UTF-8"),
        ("words.jsonl", b'"am\xe9lie"\n', "line 1 is not UTF-8"),
        ("words.txt", b"emma\n\x7fELF\0\0", "line 2 holds a zero byte"),
        ("words.txt", "emma".encode("utf-16-le"), "zero byte"),
        ("words.xlsx", b"PK", "as .xlsx: File is not a zip file; repair it or save it as CSV"),
        ("words.xls", b"PK", "is a .xls file, not a list"),
        ("words.csv", b"PK\x03\x04 xl/workbook.xml", "is an Office document by its content"),
        ("words.json", b"%PDF-1.5", "is a PDF document by its content"),
        ("words.txt", gzip.compress(b"%PDF-1.5", mtime=0), "is a PDF document by its content"),
        ("words.yaml.gz", b"- emma", "is a .yaml file, not a list"),
        ("words.gz", b"emma\n", "cannot read"),
        ("words.gz", gzip.compress(b"emma\n" * 999, mtime=0)[:-20], "cannot read"),
        ("words.parquet", b"emma\n", "cannot read"),
        ("words.csv", b"Name\nemma,ava\n", "line 2 has more fields"),
        ("words.csv", b'Name\n"emma\n', "opens in line 2 and is never closed"),
        ("words.jsonl", b'"emma"\nava\n', "line 2 is 'ava'"),
        ("words.jsonl", b"[1]\n", "line 1 is '[1]'"),
        ("words.jsonl", b'{"a":"emma"}\n"ava"\n', "its lines differ in kind"),
        ("words.jsonl", b"{}\n", "no column"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_is_wrong(tmp_path, name, content, complaint):
    with pytest.raises(DataError, match=re.escape(complaint)) as caught:
        words_of(written(tmp_path, name, content), "a" if content == b"{}\n" else None)
    assert "\n" not in str(caught.value)


def test_a_line_far_into_a_file_is_numbered_right(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "BLOCK", 16)
    with pytest.raises(DataError, match="line 1001 is not UTF-8"):
        words_of(written(tmp_path, "words.txt", b"emma\n" * 1000 + b"\xff\n"))


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(DataError, match="give an existing file"):
        words_of(tmp_path / "missing.txt")
    with pytest.raises(DataError, match="give an existing file"):
        words_of(tmp_path)


def test_a_plain_list_has_no_columns(tmp_path):
    with pytest.raises(DataError, match="leave the column out"):
        words_of(written(tmp_path, "words.txt", b"emma\n"), "Name")


@pytest.mark.parametrize("kind", KINDS)
@given(words=st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_clean_words_come_back_from_every_kind_of_file(tmp_path, kind, words):
    clean_words, _ = clean([pl.Series(words, dtype=pl.String)], Reading())
    path = tmp_path / f"words{kind}"
    write_words(clean_words, path)
    assert words_of(path) == clean_words.to_list()
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    with pytest.raises(DataError, match="cannot write"):
        write_words(pl.Series(["emma"]), tmp_path / "missing" / "words.txt")
    (tmp_path / "folder").mkdir()
    with pytest.raises(DataError, match="cannot write"):
        write_words(pl.Series(["emma"]), tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
