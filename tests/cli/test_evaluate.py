"""`moregrad evaluate` and `moregrad compare`."""

import json
from pathlib import Path

from cli.calls import NAMES, SMALL, Call


def test_evaluate_measures_the_three_splits(call: Call, run_folder: Path):
    losses = json.loads(call("evaluate", run_folder, "--json").out)
    assert list(losses) == ["train", "validation", "test"]
    assert losses == json.loads((run_folder / "run.json").read_text())["losses"]
    assert losses["train"]["unseen"]["nats"] is None


def test_evaluate_prints_a_table(call: Call, run_folder: Path):
    out = call("evaluate", run_folder).out
    assert "perplexity" in out
    assert "validation" in out


def test_evaluate_measures_another_list_and_counts_what_it_cannot_read(call: Call, run_folder: Path, tmp_path: Path):
    (tmp_path / "others.txt").write_text("ada\nADA\nanna\n")
    outcome = call("evaluate", run_folder, tmp_path / "others.txt", "--json")
    (losses,) = json.loads(outcome.out).values()
    assert losses["all"]["words"] == 2
    assert "1 of 3 words" in outcome.err


def test_compare_puts_the_best_first_and_remarks_on_different_words(call: Call, run_folder: Path, tmp_path: Path):
    (tmp_path / "list.txt").write_text("\n".join([*NAMES[:-1], NAMES[-1][::-1]]))
    call("train", tmp_path / "list.txt", *SMALL, "--out", tmp_path / "other")
    outcome = call("compare", run_folder, tmp_path / "other", "--json")
    rows = json.loads(outcome.out)
    assert [row["validation"] for row in rows] == sorted(row["validation"] for row in rows)
    assert {row["run"] for row in rows} == {str(run_folder), str(tmp_path / "other")}
    assert "not made from the same words" in outcome.err
    assert "validation" in call("compare", run_folder).out
