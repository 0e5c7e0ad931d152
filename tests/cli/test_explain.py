"""`moregrad explain`."""

import json
from pathlib import Path

import pytest

import moregrad
from cli.calls import Call


def test_json_has_a_line_per_word_as_the_run_says_it(call: Call, run_folder: Path):
    lines = call("explain", run_folder, "bada", "lea", "--json").out.splitlines()
    run = moregrad.load(run_folder)
    assert [json.loads(line) for line in lines] == [run.explain(word).to_dict() for word in ("bada", "lea")]


def test_the_tables_are_the_run_s_within_eighty_columns(call: Call, run_folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "80")
    printed = call("explain", run_folder, "bada", "lea").out
    run = moregrad.load(run_folder)
    assert printed == f"{run.explain('bada')!r}\n\n{run.explain('lea')!r}\n"
    assert max(map(len, printed.splitlines())) <= 80


def test_without_words_it_says_how_to_give_them(call: Call, run_folder: Path):
    outcome = call("explain", run_folder)
    assert (outcome.code, outcome.out) == (2, "")
    assert "moregrad explain run emma" in outcome.err


def test_a_word_outside_the_vocabulary_is_one_line(call: Call, run_folder: Path):
    outcome = call("explain", run_folder, "bada", "bañ")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "'ñ' at position 3" in outcome.err


def test_words_are_put_in_lower_case_as_the_list_was_and_that_is_said(call: Call, names_file: Path, tmp_path: Path):
    call("train", names_file, "--lower", "--model", "ngram", "--out", tmp_path / "run")
    outcome = call("explain", tmp_path / "run", "BADA", "--json")
    assert json.loads(outcome.out)["word"] == "bada"
    assert "put in lower case" in outcome.err
