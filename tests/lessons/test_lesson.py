"""Lessons and the notebooks made of them."""

import sys
from pathlib import Path

import nbformat
import pytest

from lessons.sources import write_lesson
from moregrad.errors import MoregradError
from moregrad.lessons import lessons
from moregrad.lessons.lesson import fingerprint


def test_the_lessons_are_numbered_from_one_without_gaps():
    assert [lesson.number for lesson in lessons()] == list(range(1, len(lessons()) + 1))


def test_a_lesson_has_the_name_of_its_file_and_the_title_of_its_first_heading(tmp_path: Path):
    lesson = write_lesson(tmp_path)
    assert (lesson.name, lesson.number, lesson.topic, lesson.title) == ("07-small", 7, "small", "A small lesson")


def test_a_notebook_opens_on_a_service_and_installs_before_the_first_cell_of_the_lesson(tmp_path: Path):
    heading, opening, installation, lesson = write_lesson(tmp_path).notebook().cells
    assert heading.source.startswith("# 7. A small lesson")
    assert "colab.research.google.com" in opening.source
    assert "07-small.ipynb" in opening.source
    assert "%pip install" in installation.source
    assert (lesson.cell_type, lesson.source) == ("code", "1 + 1")


def test_a_notebook_is_valid_and_the_same_each_time(tmp_path: Path):
    lesson = write_lesson(tmp_path)
    nbformat.validate(lesson.notebook())
    assert nbformat.writes(lesson.notebook()) == nbformat.writes(lesson.notebook())


def test_the_fingerprint_is_that_of_the_text_and_not_of_the_outputs(tmp_path: Path):
    notebook, other = write_lesson(tmp_path).notebook(), write_lesson(tmp_path).notebook()
    other.cells[-1].execution_count = 3
    assert fingerprint(other) == fingerprint(notebook) == notebook.metadata.moregrad.fingerprint
    other.cells[-1].source = "1 + 2"
    assert fingerprint(other) != fingerprint(notebook)


def test_without_jupytext_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "jupytext", None)
    with pytest.raises(MoregradError, match=r"pip install 'moregrad\[lessons\]'"):
        write_lesson(tmp_path).notebook()
