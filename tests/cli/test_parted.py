"""Scores and samples that go into folders of parts."""

import json
import os
import time
from pathlib import Path

import polars as pl
import pytest

from cli.calls import NAMES, Call, start

ROWS = 2000


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "a.parquet"
    path.parent.mkdir()
    words = [NAMES[number % len(NAMES)] for number in range(ROWS)]
    pl.DataFrame({"id": range(ROWS), "name": words}).write_parquet(path)
    return path


def test_work_that_is_killed_goes_on_with_the_same_command(call: Call, run_folder: Path, tmp_path: Path, table: Path):
    command = ("score", run_folder, table, "--column", "name", "--part-rows", 10, "--out")
    process = start(*command, tmp_path / "parts")
    deadline = time.monotonic() + 60
    while len(list(tmp_path.glob("parts/part-*"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.communicate(timeout=10)
    made = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("parts/part-*")}
    assert 3 <= len(made) < ROWS / 10
    outcome = call(*command, tmp_path / "parts")
    assert outcome.code == 0
    assert f"words in {tmp_path / 'parts'} are done already" in outcome.err
    assert f"{ROWS:,} words with their scores written to {tmp_path / 'parts'} in 200 parts" in outcome.err
    assert made.items() <= {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("parts/part-*")}.items()
    assert sorted(os.listdir(tmp_path / "parts")) == ["manifest.json", *(f"part-{n:06}.parquet" for n in range(200))]
    scored = pl.read_parquet(tmp_path / "parts" / "*.parquet")
    assert call("score", run_folder, table.parent, *command[3:], tmp_path / "one.parquet").code == 0
    assert scored.equals(pl.read_parquet(tmp_path / "one.parquet"))
    assert scored["id"].to_list() == list(range(ROWS))


def test_what_came_of_it_is_told_to_machines(call: Call, run_folder: Path, tmp_path: Path, table: Path):
    words = ("score", run_folder, table, table, "--column", "name", "--out", tmp_path / "parts", "--json")
    told = {"folder": str(tmp_path / "parts"), "words": 2 * ROWS, "problems": 0, "parts": 2, "done": 2}
    assert json.loads(call(*words).out) == told
    assert json.loads(call(*words).out) == told
    file = ("score", run_folder, table, "--column", "name", "--out", tmp_path / "one.parquet", "--json")
    assert json.loads(call(*file).out) == {"file": str(tmp_path / "one.parquet"), "words": ROWS, "problems": 0}


def test_a_million_words_and_more_go_to_parts(call: Call, run_folder: Path, tmp_path: Path):
    made = ("sample", run_folder, "--count", 2500, "--part-rows", 1000, "--novel", "--out", tmp_path / "made")
    assert "1 of 3 parts are in" in call(*made, "--shard", "1/3").err
    assert call(*made).code == 0
    assert set(pl.read_parquet(tmp_path / "made" / "*.parquet")["where"]) == {"new"}
    assert "was begun with count 2500, not 2600; name a new folder" in call(*made[:3], 2600, *made[4:]).err
    few = ("sample", run_folder, "--count", 10, "--prefix", "bada", "--max-length", 4, "--novel")
    outcome = call(*few, "--out", tmp_path / "few")
    assert outcome.code == 1
    assert "1 of 1 parts hold fewer words than asked for, the first: found none of 10" in outcome.err


def test_what_makes_no_parts_is_told_in_one_line(call: Call, run_folder: Path, tmp_path: Path, table: Path):
    def told(*words: object) -> str:
        outcome = call(*words)
        assert (outcome.code, outcome.err.count("\n")) == (2, 1)
        return outcome.err

    scored = ("score", run_folder, table, "--column", "name")
    assert "--cluster is for a folder of parts: name a folder" in told(*scored, "--cluster", "local:2")
    assert "--shard is for a folder of parts" in told("sample", run_folder, "--shard", "1/2")
    assert "--sort needs all rows at once" in told(*scored, "--out", tmp_path / "parts", "--sort")
    assert "there is no file 'names'" in told("score", run_folder, "names", "--out", tmp_path / "parts")
    assert "--shard is '3'; it must be two whole numbers" in told(*scored, "--out", tmp_path / "p", "--shard", "3")
    assert "--count is 0; it must be" in told("sample", run_folder, "--count", 0, "--out", tmp_path / "made")
    assert "is no local cluster" in told(*scored, "--out", tmp_path / "parts", "--cluster", "local:x")
    assert "has no column 'names'" in told(*scored[:-1], "names", "--out", tmp_path / "parts")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]
