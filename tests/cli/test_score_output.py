"""Scores of tables, printed and in files: every other column is kept, and every score is that of its word."""

import csv
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import moregrad
from cli.calls import NAMES, Call

TABLE = pl.DataFrame({"id": [3, 1, 2], "name": ["ada", " Lea ", "xyz"], "note": ["a, b", None, "ü"]})
ADDED = ["word", "nats", "nats_per_character", "surprisal", "problem", "where", "percentile"]
COLUMN = ("--column", "name", "--lower")


def write(folder: Path, ending: str) -> Path:
    path = folder / f"table{ending}"
    writers: dict[str, Any] = {
        ".csv": TABLE.write_csv,
        ".tsv": lambda file: TABLE.write_csv(file, separator="\t", quote_style="never"),
        ".jsonl": TABLE.write_ndjson,
        ".json": TABLE.write_json,
        ".parquet": TABLE.write_parquet,
        ".xlsx": TABLE.write_excel,
    }
    writers[ending](path)
    return path


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".jsonl", ".json", ".parquet", ".xlsx"])
def test_scores_are_further_columns_of_any_table(call: Call, run_folder: Path, tmp_path: Path, ending: str):
    out = tmp_path / "scored.parquet"
    outcome = call("score", run_folder, write(tmp_path, ending), *COLUMN, "--out", out)
    assert (outcome.code, outcome.out) == (0, "")
    assert f"3 words with their scores written to {out}" in outcome.err
    scored = pl.read_parquet(out)
    assert scored.columns == [*TABLE.columns, *ADDED]
    assert scored.select(TABLE.columns).cast(pl.String).equals(TABLE.cast(pl.String))
    scores = moregrad.load(run_folder).score(["ada", "lea", "xyz"])
    assert scored["word"].to_list() == ["ada", "lea", "xyz"]
    assert scored["nats"].to_list()[:2] == pytest.approx([score.nats for score in scores[:2]], rel=1e-6)
    assert [cell is None for cell in scored["problem"]] == [True, True, False]


def test_what_is_printed_is_what_files_hold(call: Call, run_folder: Path, tmp_path: Path):
    table = write(tmp_path, ".parquet")
    for form, ending in (("--csv", ".csv"), ("--json", ".jsonl")):
        printed = call("score", run_folder, table, *COLUMN, form).out
        assert call("score", run_folder, table, *COLUMN, "--out", tmp_path / f"scored{ending}").code == 0
        assert (tmp_path / f"scored{ending}").read_text("utf-8") == printed
    rows = list(csv.DictReader((tmp_path / "scored.csv").read_text("utf-8").splitlines()))
    assert [row["note"] for row in rows] == ["a, b", "", "ü"]
    assert [json.loads(line)["id"] for line in printed.splitlines()] == [3, 1, 2]


def test_rows_stay_whole_when_they_are_sorted(call: Call, run_folder: Path, tmp_path: Path):
    printed = call("score", run_folder, write(tmp_path, ".csv"), *COLUMN, "--sort", "--novel", "--rank", "--json").out
    rows = [json.loads(line) for line in printed.splitlines()]
    assert {(row["id"], row["name"]) for row in rows} == {("3", "ada"), ("1", " Lea "), ("2", "xyz")}
    assert rows[0]["nats_per_character"] <= rows[1]["nats_per_character"]
    assert rows[2]["nats"] is None


def test_a_long_table_keeps_its_rows(call: Call, run_folder: Path, tmp_path: Path):
    words = [NAMES[number % len(NAMES)] for number in range(150_000)]
    pl.DataFrame({"name": words, "number": range(150_000)}).write_parquet(tmp_path / "long.parquet", row_group_size=999)
    out = tmp_path / "scored.parquet"
    assert call("score", run_folder, tmp_path / "long.parquet", "--column", "name", "--out", out).code == 0
    scored = pl.read_parquet(out)
    assert scored["number"].to_list() == list(range(150_000))
    assert scored["word"].equals(scored["name"], check_names=False)
    nats = dict(zip(NAMES, [score.nats for score in moregrad.load(run_folder).score(NAMES)], strict=True))
    assert scored["nats"].to_list() == pytest.approx([nats[word] for word in words], rel=1e-6)


def test_lines_and_words_go_to_files_too(call: Call, run_folder: Path, tmp_path: Path, names_file: Path):
    assert json.loads(call("score", run_folder, names_file, "--out", tmp_path / "a.csv", "--json").out) == {
        "file": str(tmp_path / "a.csv"),
        "words": len(NAMES),
        "problems": 0,
    }
    assert (tmp_path / "a.csv").read_text() == call("score", run_folder, names_file, "--csv").out


def test_lists_in_a_column_become_json_in_comma_separated_values(call: Call, run_folder: Path, tmp_path: Path):
    spans = pl.DataFrame({"name": ["ada"], "span": [timedelta(days=1)]})
    spans.write_parquet(tmp_path / "a.parquet")
    rows = call("score", run_folder, tmp_path / "a.parquet", "--column", "name", "--csv").out.splitlines()
    assert [row["span"] for row in csv.DictReader(rows)] == ["P1D"]
    (tmp_path / "a.jsonl").write_text('{"name": "ada", "tags": ["x", "y"]}\n{"name": "lea", "tags": []}\n')
    rows = call("score", run_folder, tmp_path / "a.jsonl", "--column", "name", "--csv").out.splitlines()
    assert [row["tags"] for row in csv.DictReader(rows)] == ['["x", "y"]', "[]"]


def test_bytes_go_to_parquet_alone(call: Call, run_folder: Path, tmp_path: Path):
    table = pl.DataFrame({"name": ["ada"], "raw": [[b"\xff"]]})
    table.write_parquet(tmp_path / "a.parquet")
    words = ("score", run_folder, tmp_path / "a.parquet", "--column", "name")
    for form in ("--csv", "--json"):
        assert "column 'raw' holds bytes" in call(*words, form).err
    assert call(*words, "--out", tmp_path / "b.parquet").code == 0
    assert pl.read_parquet(tmp_path / "b.parquet").select("name", "raw").equals(table)


def test_what_cannot_be_written_leaves_nothing_behind(call: Call, run_folder: Path, tmp_path: Path):
    (tmp_path / "a.csv").write_text("name,nats\nada,3\n")
    (tmp_path / "empty.txt").touch()
    before = set(tmp_path.iterdir())

    def told(*words: object) -> str:
        outcome = call("score", run_folder, *words)
        assert outcome.code == 2
        assert set(tmp_path.iterdir()) == before
        return outcome.err

    named = (tmp_path / "a.csv", "--column", "name", "--out")
    assert "the table has the columns nats" in told(*named, tmp_path / "b.parquet")
    assert "exists, and nothing is overwritten" in told(*named, tmp_path / "a.csv")
    assert "--csv prints, and the ending of --out" in told(*named, tmp_path / "b.csv", "--csv")
    assert "give one of .parquet .csv .jsonl .ndjson" in told(*named, tmp_path / "b.xlsx")
    if os.path.isdir("/proc"):
        assert "cannot write /proc/b.csv: " in told("ada", "--out", "/proc/b.csv")
    for ending in (".csv", ".parquet"):
        assert "not a single row" in told(tmp_path / "empty.txt", "--out", tmp_path / f"b{ending}")
