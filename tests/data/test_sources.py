"""Where words come from."""

import io
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from data.server import serve
from moregrad.data import SOURCES, read_corpus, sources
from moregrad.errors import DataError, SourceError


@pytest.fixture
def address(tmp_path, monkeypatch) -> Iterator[str]:
    """The address of a server of this machine that gives out what is in `tmp_path`."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(SimpleHTTPRequestHandler, "log_message", lambda *_: None)
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with serve(handler) as address:
        yield address


@pytest.fixture
def data_folder(tmp_path, monkeypatch) -> Path:
    """An empty folder that MOREGRAD_DATA names."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("MOREGRAD_DATA", str(folder))
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("emma", "ava"),
        {"emma": 1, "ava": 2},
        iter(["emma", "ava"]),
        pl.Series(["emma", "ava"]),
        np.array(["emma", "ava"]),
    ],
)
def test_any_iterable_of_strings_is_a_source(words):
    assert read_corpus(words).words.to_list() == ["emma", "ava"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [(iter([1, 2]), "nothing but text"), (iter([b"emma"]), "nothing but text"), (["\ud800"], "nothing but text")],
)
def test_what_is_no_list_of_strings_is_refused(words, complaint):
    with pytest.raises(DataError, match=complaint):
        read_corpus(words)


def test_a_path_may_be_text_or_path(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("emma\nava\n", encoding="utf-8")
    assert read_corpus(str(path)).words.equals(read_corpus(path).words)
    assert read_corpus(path).source == str(path)


def test_a_file_without_an_ending_is_found_in_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("words").write_text("emma\n", encoding="utf-8")
    assert read_corpus("words").words.to_list() == ["emma"]


def test_a_column_is_chosen_in_a_table(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("id,name\n1,emma\n", encoding="utf-8")
    assert read_corpus(path, column="name").words.to_list() == ["emma"]
    with pytest.raises(DataError, match="choose one of id, name"):
        read_corpus(path)


@pytest.mark.parametrize("source", ["first-names", ["emma"], "-"])
def test_only_tables_have_columns(source):
    with pytest.raises(DataError, match="only tables have columns"):
        read_corpus(source, column="name")


def test_standard_input_is_read_as_utf_8(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("emma\r\nñandú\r\n".encode()), encoding="latin-1"))
    assert read_corpus("-").words.to_list() == ["emma", "ñandú"]


def test_standard_input_names_the_line_that_is_not_utf_8(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"emma\n\xff\n")))
    with pytest.raises(DataError, match="standard input: line 2 is not UTF-8"):
        read_corpus("-")


@pytest.mark.parametrize(("given", "meant"), [("first-nmes", "first-names"), ("nmaes", "names")])
def test_an_unknown_source_is_refused_with_the_nearest_name(given, meant):
    with pytest.raises(SourceError, match=f"no source '{given}'; did you mean '{meant}"):
        read_corpus(given)


def test_a_missing_file_is_no_unknown_source(tmp_path):
    for path in ("words.txt", str(tmp_path / "words")):
        with pytest.raises(DataError, match="cannot read"):
            read_corpus(path)


def test_every_known_source_tells_where_it_is_from():
    assert all(source.name == name and source.origin and source.licence for name, source in SOURCES.items())


def test_a_list_is_downloaded_from_an_address(tmp_path, address):
    (tmp_path / "words.csv").write_text("id,name\n1,emma\n", encoding="utf-8")
    corpus = read_corpus(f"{address}/words.csv?raw=true", column="name")
    assert corpus.words.to_list() == ["emma"]
    assert (corpus.source, corpus.origin) == (f"{address}/words.csv?…", f"downloaded from {address}/words.csv?…")


def test_an_address_out_of_reach_is_refused(address):
    with pytest.raises(SourceError, match=r"cannot download .*404"):
        read_corpus(f"{address}/missing.txt")
    with pytest.raises(SourceError, match="gopher://words is not downloaded, only http"):
        read_corpus("gopher://words")


def test_a_download_that_cannot_be_read_is_called_by_its_address(tmp_path, address):
    (tmp_path / "words.txt").write_bytes(b"\xff\n")
    with pytest.raises(DataError, match=f"{address}/words.txt: line 1 is not UTF-8"):
        read_corpus(f"{address}/words.txt")


def test_names_are_found_offline_in_the_data_folder(names_path, data_folder, monkeypatch):
    monkeypatch.setattr(sources, "fetch", None)
    (data_folder / "names.txt").write_bytes(names_path.read_bytes())
    corpus = read_corpus("names", keep_duplicates=True)
    assert (len(corpus), corpus.words[0], corpus.words[-1]) == (32_033, "emma", "zzyzx")
    assert read_corpus("names").report.duplicate.count == 2_539
    assert [path.name for path in data_folder.iterdir()] == ["names.txt"]


def test_names_are_downloaded_once(names_path, tmp_path, data_folder, address, monkeypatch):
    (tmp_path / "names.txt").write_bytes(names_path.read_bytes())
    monkeypatch.setattr(sources, "NAMES_URL", f"{address}/names.txt")
    assert len(read_corpus("names")) == 29_494
    (tmp_path / "names.txt").unlink()
    assert len(read_corpus("names")) == 29_494
    assert [path.name for path in data_folder.iterdir()] == ["names.txt"]


def test_names_with_a_wrong_checksum_are_refused_and_left_alone(data_folder):
    (data_folder / "names.txt").write_text("emma\n", encoding="utf-8")
    with pytest.raises(SourceError, match="is not the list of 32,033 names: its SHA-256 is"):
        read_corpus("names")
    assert (data_folder / "names.txt").read_text(encoding="utf-8") == "emma\n"


def test_a_download_with_a_wrong_checksum_is_refused(tmp_path, data_folder, address, monkeypatch):
    (tmp_path / "names.txt").write_text("emma\n", encoding="utf-8")
    monkeypatch.setattr(sources, "NAMES_URL", f"{address}/names.txt")
    with pytest.raises(SourceError, match="hash"):
        read_corpus("names")
    assert list(data_folder.iterdir()) == []


def test_without_a_data_folder_the_cache_of_the_user_is_used(monkeypatch):
    monkeypatch.delenv("MOREGRAD_DATA", raising=False)
    assert sources.data_folder().name == "moregrad"


@pytest.mark.parametrize("path", ["a\0b.txt", "a/\0", Path("a\0.csv"), Path("\ud800.txt")])
def test_a_name_that_no_file_can_have_is_one_line(path: str | Path):
    with pytest.raises(DataError, match=r"^cannot read .*: (a null byte|half a surrogate pair) is in no file name$"):
        read_corpus(path)
