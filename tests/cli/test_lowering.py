"""Words in lower case for a run whose list was put in lower case."""

import json
from pathlib import Path

import pytest

from cli.calls import NAMES, SMALL, Call


@pytest.fixture
def lowered(call: Call, tmp_path: Path) -> Path:
    """A run of a list in capitals that was put in lower case."""
    (tmp_path / "list.txt").write_text("\n".join(NAMES).upper())
    assert call("train", tmp_path / "list.txt", "--lower", *SMALL, "--out", tmp_path / "run").code == 0
    return tmp_path / "run"


def test_prefixes_and_lists_are_lowered_as_the_list_of_the_run_was_and_that_is_said(call: Call, lowered: Path):
    made = call("sample", lowered, "--prefix", "LI", "--count", 3, "--plain")
    assert all(word.startswith("li") for word in made.out.split())
    assert "so is the prefix" in made.err
    words = lowered.parent / "list.txt"
    scored = call("score", lowered, words, "--json")
    assert json.loads(scored.out.splitlines()[0])["word"] == NAMES[0]
    assert "so is this one" in scored.err
    assert call("evaluate", lowered, words).code == 0


def test_other_runs_lower_prefixes_only_when_asked(call: Call, run_folder: Path):
    assert call("sample", run_folder, "--prefix", "LI").code == 2
    asked = call("sample", run_folder, "--prefix", "LI", "--lower", "--count", 2, "--plain")
    assert all(word.startswith("li") for word in asked.out.split())
    assert asked.err == ""
