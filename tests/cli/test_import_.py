"""`moregrad import`."""

import json
from pathlib import Path

import pytest
from formats.makemore.checkpoints import checkpoint
from runs.prepared import prepared

import moregrad
from cli.calls import NAMES, Call
from moregrad.formats.arpa.writing import write_arpa


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_checkpoint_becomes_a_run_in_the_folder_asked_for(call: Call):
    outcome = call("import", checkpoint("gru"), "--alphabet", "a-d", "--out", "mine")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Saved <Run of GRU(")
    assert call("score", "mine", "abcd").code == 0
    assert call("sample", "mine", "--count", 2).code == 0


def test_a_new_folder_in_runs_is_named_after_the_model_and_the_file(call: Call):
    assert call("import", checkpoint("bow"), "--alphabet", "a-d").out.endswith("in runs/bow-bow-pt-1\n")


def test_losses_on_the_words_are_shown(call: Call, names_file: Path):
    write_arpa(prepared("ngram", order=3), Path("names.arpa"))
    outcome = call("import", "names.arpa", "--words", names_file, "--split", "lecture", "--out", "mine")
    assert outcome.code == 0
    assert "test" in outcome.out
    assert sum(moregrad.load("mine").record.words.values()) == len(NAMES)


def test_what_is_left_open_is_told(call: Call):
    outcome = call("import", checkpoint("transformer"), "--alphabet", "a-d", "--out", "mine")
    assert (outcome.code, outcome.err.count("4 are assumed")) == (0, 1)
    assert call("import", checkpoint("transformer"), "--alphabet", "a-d", "--heads", 2).err == ""


def test_machines_get_the_folder_and_the_record(call: Call):
    found = json.loads(call("import", checkpoint("rnn"), "--alphabet", "a-d", "--out", "mine", "--json").out)
    assert found["folder"] == "mine"
    assert found["record"]["source"] == "rnn.pt"


def test_what_cannot_be_imported_leaves_no_folder(call: Call, names_file: Path):
    outcome = call("import", names_file, "--out", "mine")
    assert (outcome.code, outcome.out) == (2, "")
    assert "of no kind that is known: moregrad imports" in outcome.err
    outcome = call("import", checkpoint("gru"))
    assert "does not tell its 4 characters" in outcome.err
    assert [*Path().iterdir()] == []
    assert "--heads is 0" in call("import", checkpoint("gru"), "--heads", 0).err
