"""`moregrad evaluate`."""

import json
from pathlib import Path

from cli.calls import Call


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


def test_how_a_table_was_understood_is_told_on_standard_error(call: Call, run_folder: Path, tmp_path: Path):
    (tmp_path / "table.csv").write_text("name\nada\n")
    assert call("evaluate", run_folder, tmp_path / "table.csv", "--json").err == "note: header: 'name'\n"
