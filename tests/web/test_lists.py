"""Lists that have a name: no path and no address of the user's choosing."""

import gzip
from pathlib import Path

import pytest

from moregrad.errors import DataError, SourceError
from moregrad.web.limits import Limits
from moregrad.web.lists import Lists
from moregrad.web.problems import RequestError


def test_an_upload_is_read_as_its_name_says():
    lists = Lists(Limits())
    table = lists.add("towns.csv", b"town,land\nKiel,de\nBern,ch\n")
    assert lists.read(table, {"column": "town"}).words.to_list() == ["Kiel", "Bern"]
    zipped = lists.add("towns.txt.gz", gzip.compress(b"Kiel\nBern\n"))
    corpus = lists.read(zipped, {"lower": True})
    assert (corpus.words.to_list(), corpus.source, corpus.origin) == (
        ["kiel", "bern"],
        "towns.txt.gz",
        "uploaded as towns.txt.gz",
    )


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "names.txt", "http://localhost/a.txt", "-", "", "upload-9", "faker:a://b"]
)
def test_what_is_no_list_here_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "names.txt").write_text("a\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError, match="there is no list"):
        Lists(Limits()).read(name, {})


def test_a_list_given_at_the_start_is_known_by_its_name(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("Kiel\nBern\n")
    lists = Lists(Limits(), {"mine.txt": str(tmp_path / "mine.txt")})
    assert lists.describe()[0] == {"name": "mine.txt", "description": "given at the start"}
    assert len(lists.read("mine.txt", {})) == 2


def test_names_of_files_are_made_safe():
    lists = Lists(Limits())
    for name in ("../../etc/a.txt", "..\\a.txt", "C:\\x\\a.txt", "\x1ba.txt", ""):
        lists.add(name, b"a\n")
    shown = [each["description"] for each in lists.describe() if each["name"].startswith("upload-")]
    assert shown == [*["uploaded as a.txt"] * 4, "uploaded as list.txt"]


def test_an_error_tells_the_name_of_the_upload_and_no_path_of_the_server():
    lists = Lists(Limits())
    for name, content in {"a.txt": b"\xff\xfe\xff", "a.parquet": b"nothing", "a.gz": b"nothing", "a.exe": b"x"}.items():
        with pytest.raises(DataError) as raised:
            lists.read(lists.add(name, content), {})
        assert name in str(raised.value)
        assert "/tmp" not in str(raised.value)


def test_a_bomb_is_refused():
    lists = Lists(Limits(upload=10_000))
    bomb = lists.add("a.txt.gz", gzip.compress(b"abc\n" * 100_000))
    with pytest.raises(DataError, match=r"a.txt.gz is longer than 40,000 bytes, decompressed"):
        lists.read(bomb, {"max_file_bytes": 2**30})


def test_a_long_list_is_refused():
    lists = Lists(Limits(list_words=2))
    with pytest.raises(RequestError, match="has 3 words, of which 2 are taken here"):
        lists.read(lists.add("a.txt", b"a\nb\nc\n"), {})


def test_the_oldest_uploads_are_let_go():
    lists = Lists(Limits(uploads=2))
    first, *_ = [lists.add("a.txt", b"a\n") for _ in range(3)]
    with pytest.raises(SourceError, match="there is no list 'upload-1'"):
        lists.read(first, {})


@pytest.mark.parametrize(
    ("name", "content"), [("a.png", b"\x89PNG"), ("a.txt", b"%PDF-1.7"), ("a.csv", b"<!doctype html>"), ("a.xls", b"")]
)
def test_what_is_plainly_no_list_is_not_kept(name: str, content: bytes):
    lists = Lists(Limits())
    with pytest.raises(DataError, match="not a list"):
        lists.add(name, content)
    assert not any(each["name"].startswith("upload-") for each in lists.describe())
