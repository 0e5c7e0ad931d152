"""Notebooks on a learner's disk."""

from pathlib import Path

import nbformat
import pytest

from lessons.sources import SOURCE, write_lesson
from moregrad.errors import MoregradError
from moregrad.lessons import Lesson, write_notebooks


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    return write_lesson(tmp_path)


def outcome(lesson: Lesson, folder: Path, *, overwrite: bool = False) -> str:
    (written,) = write_notebooks([lesson], folder, overwrite=overwrite)
    return written.outcome


def edit(folder: Path, source: str) -> Path:
    """Types into the last cell and saves, as a learner does."""
    path = folder / "07-small.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source = source
    notebook.cells[-1].execution_count = 1
    nbformat.write(notebook, path)
    return path


def test_notebooks_are_written_into_a_new_folder(lesson: Lesson, tmp_path: Path):
    assert outcome(lesson, tmp_path / "a" / "b") == "written"
    assert nbformat.read(tmp_path / "a" / "b" / "07-small.ipynb", as_version=4) == lesson.notebook()


def test_a_notebook_that_was_only_run_is_left_alone(lesson: Lesson, tmp_path: Path):
    outcome(lesson, tmp_path)
    before = edit(tmp_path, "1 + 1").read_bytes()
    assert outcome(lesson, tmp_path) == "present"
    assert (tmp_path / "07-small.ipynb").read_bytes() == before


def test_a_notebook_that_a_learner_changed_is_kept(lesson: Lesson, tmp_path: Path):
    outcome(lesson, tmp_path)
    before = edit(tmp_path, "my own work").read_bytes()
    assert outcome(lesson, tmp_path) == "kept"
    assert (tmp_path / "07-small.ipynb").read_bytes() == before


def test_a_changed_notebook_is_overwritten_only_where_that_is_asked_for(lesson: Lesson, tmp_path: Path):
    outcome(lesson, tmp_path)
    edit(tmp_path, "my own work")
    assert outcome(lesson, tmp_path, overwrite=True) == "written"
    assert nbformat.read(tmp_path / "07-small.ipynb", as_version=4) == lesson.notebook()


def test_a_notebook_of_an_earlier_moregrad_is_brought_up_to_date_unless_it_was_changed(tmp_path: Path):
    outcome(write_lesson(tmp_path), tmp_path)
    newer = write_lesson(tmp_path, SOURCE.replace("1 + 1", "1 + 1 + 1"))
    assert outcome(newer, tmp_path) == "renewed"
    edit(tmp_path, "my own work")
    assert outcome(write_lesson(tmp_path), tmp_path) == "kept"


@pytest.mark.parametrize("content", [b"", b"not a notebook", b"{}", b"\xff\xfe", b'{"nbformat": 4, "cells": 3}'])
def test_a_file_that_is_no_notebook_is_kept(lesson: Lesson, tmp_path: Path, content: bytes):
    (tmp_path / "07-small.ipynb").write_bytes(content)
    assert outcome(lesson, tmp_path) == "kept"
    assert (tmp_path / "07-small.ipynb").read_bytes() == content


def test_a_file_in_place_of_the_folder_is_refused(lesson: Lesson, tmp_path: Path):
    (tmp_path / "lessons").write_text("mine")
    with pytest.raises(MoregradError, match="is a file; give a folder"):
        write_notebooks([lesson], tmp_path / "lessons")
