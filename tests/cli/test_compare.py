"""`moregrad compare`."""

import json
from pathlib import Path

from cli.calls import NAMES, SHAPE, SMALL, Call


def test_a_row_tells_what_the_folder_of_the_run_tells(call: Call, run_folder: Path):
    (row,) = json.loads(call("compare", run_folder, "--json").out)
    record = json.loads((run_folder / "run.json").read_text())
    assert (row["run"], row["model"], row["steps"]) == (str(run_folder), "mlp", 20)
    assert (row["parameters"], row["seconds"]) == (record["parameters"], record["seconds"])
    for split in ("train", "validation", "test"):
        assert row[split] == record["losses"][split]["all"]["nats"]
    assert row["unseen test"] == record["losses"]["test"]["unseen"]["nats"]


def test_compare_puts_the_best_first_and_remarks_on_different_words(call: Call, run_folder: Path, tmp_path: Path):
    (tmp_path / "list.txt").write_text("\n".join([*NAMES[:-1], NAMES[-1][::-1]]))
    call("train", tmp_path / "list.txt", *SMALL, "--out", tmp_path / "other")
    outcome = call("compare", run_folder, tmp_path / "other", "--json")
    rows = json.loads(outcome.out)
    assert [row["validation"] for row in rows] == sorted(row["validation"] for row in rows)
    assert {row["run"] for row in rows} == {str(run_folder), str(tmp_path / "other")}
    assert "not made from the same words" in outcome.err
    assert "validation" in call("compare", run_folder).out


def test_runs_split_in_different_ways_are_remarked_on(call: Call, run_folder: Path, names_file: Path, tmp_path: Path):
    call("train", names_file, *SHAPE, "--steps", 0, "--split", "lecture", "--out", tmp_path / "other")
    assert "not split in the same way" in call("compare", run_folder, tmp_path / "other").err


def test_without_runs_it_says_how_to_name_them(call: Call):
    outcome = call("compare")
    assert (outcome.code, outcome.out) == (2, "")
    assert "moregrad compare runs/*" in outcome.err


def test_folders_that_hold_no_run_are_left_out_and_named(call: Call, run_folder: Path, tmp_path: Path):
    outcome = call("compare", tmp_path, run_folder, "--json")
    assert (outcome.code, len(outcome.out.splitlines())) == (0, 1)
    assert f"left out: {tmp_path} is no run folder" in outcome.err
    assert call("compare", tmp_path).code == 2
