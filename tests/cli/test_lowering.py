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


def test_all_wishes_are_lowered_as_the_list_of_the_run_was(call: Call, lowered: Path, tmp_path: Path):
    (tmp_path / "BAD.txt").write_text("LIADA\n*NA\n")
    wishes = ("--pattern", "L[A-I]*", "--contains", "I", "--without", "B", "--ban", tmp_path / "BAD.txt")
    made = call("sample", lowered, *wishes, "--suffix", "A", "--count", 3, "--plain")
    assert made.code == 0
    assert all(word[0] == "l" and word[-1] == "a" and word[-2:] != "na" for word in made.out.split())
    assert "and so is the suffix and the contains and the pattern and the without" in made.err


def test_other_runs_lower_bans_when_asked(call: Call, run_folder: Path, tmp_path: Path):
    (tmp_path / "BAD.txt").write_text("LEA\n*A\nSmith, Inc.\n")
    for ban in (tmp_path / "BAD.txt", "Lea,*A"):
        words = ("--ban", ban, "--lower", "--plain", "--count", 9, "--temperature", 2)
        made = call("sample", run_folder, *words).out.split()
        assert len(made) == 9
        assert not any(word.endswith("a") for word in made)


def test_other_runs_lower_prefixes_only_when_asked(call: Call, run_folder: Path):
    assert call("sample", run_folder, "--prefix", "LI").code == 2
    asked = call("sample", run_folder, "--prefix", "LI", "--lower", "--count", 2, "--plain")
    assert all(word.startswith("li") for word in asked.out.split())
    assert asked.err == ""
