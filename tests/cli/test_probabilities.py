"""`moregrad probabilities`."""

import json
from pathlib import Path

import pytest

import moregrad
from cli.calls import Call


def test_json_is_what_the_run_says(call: Call, run_folder: Path):
    found = json.loads(call("probabilities", run_folder, "ba", "--json").out)
    assert found == moregrad.load(run_folder).probabilities("ba").to_dict()


def test_without_a_prefix_first_characters_are_told(call: Call, run_folder: Path):
    assert call("probabilities", run_folder).out.startswith("first")
    assert json.loads(call("probabilities", run_folder, "--json").out)["prefix"] == ""


def test_the_table_is_the_run_s_within_eighty_columns(call: Call, run_folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "80")
    printed = call("probabilities", run_folder, "ba").out
    assert printed == f"{moregrad.load(run_folder).probabilities('ba')!r}\n"
    assert max(map(len, printed.splitlines())) <= 80


def test_a_prefix_outside_the_vocabulary_is_one_line(call: Call, run_folder: Path):
    outcome = call("probabilities", run_folder, "bañ")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "'ñ' at position 3 of 'bañ' is not in the vocabulary" in outcome.err


def test_a_prefix_is_put_in_lower_case_as_the_list_was_and_that_is_said(call: Call, names_file: Path, tmp_path: Path):
    call("train", names_file, "--lower", "--model", "ngram", "--out", tmp_path / "run")
    outcome = call("probabilities", tmp_path / "run", "BA", "--json")
    assert json.loads(outcome.out)["prefix"] == "ba"
    assert "put in lower case" in outcome.err
