"""`moregrad data`."""

import json
from pathlib import Path

import pytest

from cli.calls import NAMES, Call
from moregrad.data.corpus import read_corpus


def test_list_names_the_known_lists(call: Call):
    assert "first-names" in call("data", "list").out
    assert {source["name"] for source in json.loads(call("data", "list", "--json").out)} >= {"first-names", "names"}


def test_show_accounts_for_every_line(call: Call, tmp_path: Path):
    path = tmp_path / "dirty.txt"
    path.write_text("Ada\n\nada\nx1\nZoë\nbarbara\n", encoding="utf-8")
    outcome = call("data", "show", path, "--lower", "--alphabet", "a-zë", "--max-length", "5", "--json")
    report = json.loads(outcome.out)["cleaning"]
    assert report["read"] == 6
    assert report["kept"] == 2
    assert report["rejected"] == {"count": 1, "examples": ["x1"]}
    assert sum(report[reason]["count"] for reason in ("blank", "control", "rejected", "too_long", "duplicate")) == 4


def test_show_prints_report_summary_and_bars(call: Call, names_file: Path):
    out = call("data", "show", names_file).out
    for told in ("read", "duplicate", "shortest", "alphabet", "commonest pairs", "█"):
        assert told in out
    assert all(line == line.rstrip() for line in out.splitlines())


@pytest.mark.parametrize("ending", ["txt", "csv", "tsv", "jsonl", "json", "parquet", "xlsx", "txt.gz", "csv.gz"])
def test_export_writes_what_can_be_read_again(call: Call, names_file: Path, tmp_path: Path, ending: str):
    path = tmp_path / f"names.{ending}"
    assert call("data", "export", names_file, path).code == 0
    assert read_corpus(path).words.to_list() == NAMES


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("missing.txt", None, "No such file"),
        ("empty.txt", b"", "empty"),
        ("latin.txt", b"ada\nbe\xe9\n", "line 2"),
        ("zeros.bin", b"ab\0cd\n", "zero byte"),
        ("table.csv", b"first,second\nada,bea\n", "choose one of first, second"),
        ("page.txt", b"<!DOCTYPE html>\n<title>Names</title>\n", "an HTML page by its content"),
        ("wide.txt", "ada\nbea\n".encode("utf-16-le"), "give --encoding utf-16-le"),
        ("package.json", b'{"name": "x", "version": 1}', 'columns such as {"name": ["Anna"]}'),
        ("broken.xlsx", b"PK and then nothing", "save it as CSV"),
        ("broken.parquet", b"PAR1 and then nothing", "parquet"),
        ("broken.txt.gz", b"not gzip", "gzip"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line(
    call: Call, tmp_path: Path, name: str, content: bytes | None, told: str
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    outcome = call("data", "show", tmp_path / name)
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert told in outcome.err


def test_an_unknown_list_names_the_nearest(call: Call):
    assert "did you mean 'names'?" in call("data", "show", "nams").err


def test_a_wrong_column_names_the_right_ones(call: Call, tmp_path: Path):
    (tmp_path / "table.csv").write_text("first,second\nada,bea\n")
    outcome = call("data", "show", tmp_path / "table.csv", "--column", "third")
    assert outcome.code == 2
    assert "first, second" in outcome.err


def test_an_export_overwrites_nothing(call: Call, names_file: Path):
    before = names_file.read_bytes()
    outcome = call("data", "export", names_file, names_file, "--lower")
    assert outcome.code == 2
    assert "nothing is overwritten" in outcome.err
    assert names_file.read_bytes() == before


def test_an_export_that_cannot_be_written_is_told(call: Call, names_file: Path, tmp_path: Path):
    outcome = call("data", "export", names_file, tmp_path / "nowhere" / "names.txt")
    assert outcome.code == 2
    assert "cannot write" in outcome.err
