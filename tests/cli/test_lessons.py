"""`moregrad lessons`."""

import json
import sys
from pathlib import Path

import pytest

from cli.calls import Call
from moregrad.lessons import lessons


def test_the_lessons_are_written_and_the_way_to_open_them_is_told(call: Call, tmp_path: Path):
    folder = tmp_path / "lessons"
    outcome = call("lessons", folder)
    assert outcome.code == 0
    assert sorted(path.stem for path in folder.iterdir()) == [lesson.name for lesson in lessons()]
    assert f"{len(lessons())} written" in outcome.out
    assert f"jupyter lab {folder}" in outcome.out


def test_by_default_they_go_to_the_folder_lessons(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    call("lessons")
    assert (tmp_path / "lessons" / "01-derivatives.ipynb").is_file()


def test_a_changed_notebook_is_kept_and_named_and_overwritten_with_force(call: Call, tmp_path: Path):
    call("lessons", tmp_path)
    path = tmp_path / "01-derivatives.ipynb"
    path.write_text(path.read_text().replace("Derivatives", "My derivatives", 1))
    outcome = call("lessons", tmp_path)
    assert "1 changed by you and kept" in outcome.out
    assert "--force" in outcome.out
    assert str(path) in outcome.err
    assert "My derivatives" in path.read_text()
    assert "1 written" in call("lessons", tmp_path, "--force").out
    assert "My derivatives" not in path.read_text()


def test_the_list_names_every_lesson_and_writes_nothing(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    outcome = call("lessons", "--list")
    assert all(lesson.name in outcome.out and lesson.title in outcome.out for lesson in lessons())
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert [row["name"] for row in json.loads(call("lessons", "--list", "--json").out)] == [
        lesson.name for lesson in lessons()
    ]
    assert list(tmp_path.iterdir()) == []


def test_json_tells_what_became_of_each_notebook(call: Call, tmp_path: Path):
    rows = json.loads(call("lessons", tmp_path, "--json").out)
    assert {row["outcome"] for row in rows} == {"written"}
    assert all(Path(row["notebook"]).is_file() for row in rows)


def test_without_jupytext_one_line_says_what_to_install(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "jupytext", None)
    outcome = call("lessons", tmp_path)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "pip install 'moregrad[lessons]'" in outcome.err


def test_a_folder_that_cannot_be_made_is_told_in_one_line(call: Call, tmp_path: Path):
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        outcome = call("lessons", folder)
        assert (outcome.code, outcome.err.count("\n")) == (2, 1)


def test_without_jupyter_the_notebooks_are_written_and_the_way_to_install_it_is_told(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("moregrad.cli.lessons.find_spec", lambda name: None)
    outcome = call("lessons", tmp_path)
    assert outcome.code == 0
    assert "jupyter lab is not installed: pip install 'moregrad[lessons]'" in outcome.err
