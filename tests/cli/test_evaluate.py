"""`moregrad evaluate`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.calls import Call
from moregrad.evaluation import samples


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


def test_long_lists_are_scored_on_a_sample_or_whole(
    call: Call, run_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(samples, "SAMPLE", 4)
    (tmp_path / "long.txt").write_text("ada\nADA\nlea\ntina\nbina\nmea\nnea\n")
    outcome = call("evaluate", run_folder, tmp_path / "long.txt", "--json")
    (losses,) = json.loads(outcome.out).values()
    assert (losses["all"]["words"], losses["all"]["sampled_from"]) == (4, 6)
    assert "1 of 7 words cannot be scored" in outcome.err
    assert "Words drawn at random from" in call("evaluate", run_folder, tmp_path / "long.txt").out
    outcome = call("evaluate", run_folder, tmp_path / "long.txt", "--all", "--json")
    (losses,) = json.loads(outcome.out).values()
    assert (losses["all"]["words"], losses["all"]["sampled_from"]) == (6, None)
    assert "1 of 7 words cannot be scored" in outcome.err
    losses = json.loads(call("evaluate", run_folder, "--all", "--json").out)
    assert [loss["all"]["words"] for loss in losses.values()] == [19, 2, 3]


def test_a_terminal_shows_how_far_the_evaluation_is(run_folder: Path, on_terminal: Callable[..., str]):
    shown = on_terminal("evaluate", run_folder, "--all")
    assert all(text in shown for text in ("all", "100%", "perplexity"))
