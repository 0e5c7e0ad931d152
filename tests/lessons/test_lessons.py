"""The lessons: each runs, reads in fifteen minutes, and its exercises accept right answers and refuse wrong ones.

One lesson alone: `pytest tests/lessons -k names`.
"""

import os
import re
import time
from importlib import import_module
from pathlib import Path

import pytest
from nbformat import NotebookNode

from lessons.execution import execute, keep
from lessons.published import SHOWN
from moregrad.lessons import Exercise, Lesson, lessons

SECONDS = 60
COLUMNS = 88
READING_MINUTES = 15
WORDS_PER_MINUTE, CODE_LINES_PER_MINUTE = 200, 20

LESSONS = lessons()
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
CODE = re.compile(r"^```\{code-cell\}.*?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def exercises(lesson: Lesson) -> list[Exercise]:
    found = vars(import_module(f"moregrad.lessons.{lesson.topic}")).values()
    return [each for each in found if isinstance(each, Exercise)]


def code_cells(lesson: Lesson) -> list[str]:
    return CODE.findall(lesson.source)


def prose(lesson: Lesson) -> str:
    _, _, body = lesson.source.split("---\n", 2)
    return CODE.sub("", body)


def written(cell: NotebookNode) -> str:
    """The text that a cell printed and returned."""
    return "".join(output.get("text") or output.data.get("text/plain", "") for output in cell.outputs)


FOUND = [(f"{lesson.name}-{found.name}", found) for lesson in LESSONS for found in exercises(lesson)]
EXERCISES = [pytest.param(found, id=name) for name, found in FOUND]
MISTAKES = [
    pytest.param(found, index, id=f"{name}-{index}") for name, found in FOUND for index in range(len(found.mistakes))
]


@pytest.mark.long
@each_lesson
def test_every_cell_runs(lesson: Lesson, tmp_path: Path, request: pytest.FixtureRequest):
    if '"names"' in lesson.source:
        request.getfixturevalue("names_path")
    started = time.monotonic()
    notebook = execute(lesson, tmp_path)
    # The limit is that of a machine at rest; others are given as much more as they have to do.
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert time.monotonic() - started < SECONDS * busy
    outputs = [(cell.source, written(cell)) for cell in notebook.cells if cell.cell_type == "code"]
    assert all("Not answered yet" in output for source, output in outputs if ".check(" in source)
    printed = "".join(output for _, output in outputs)
    assert [figure for figure in SHOWN.get(lesson.topic, []) if figure not in printed] == []
    keep(lesson, notebook)


@each_lesson
def test_a_lesson_is_read_in_fifteen_minutes(lesson: Lesson):
    lines = [line for cell in code_cells(lesson) for line in cell.splitlines() if line.strip()]
    minutes = len(prose(lesson).split()) / WORDS_PER_MINUTE + len(lines) / CODE_LINES_PER_MINUTE
    assert minutes < READING_MINUTES


@each_lesson
def test_a_lesson_asks_at_least_four_exercises_each_of_which_it_checks(lesson: Lesson):
    asked = re.findall(r"(\w+)\.check\(", "\n".join(code_cells(lesson)))
    assert sorted(asked) == sorted(each.name for each in exercises(lesson))
    assert len(asked) >= 4


@each_lesson
def test_a_lesson_says_its_number_and_its_code_is_as_wide_as_a_page(lesson: Lesson):
    assert f"\n# {lesson.number}. {lesson.title}\n" in lesson.source
    assert [line for cell in code_cells(lesson) for line in cell.splitlines() if len(line) > COLUMNS] == []


@each_lesson
def test_a_lesson_ends_with_the_ladder(lesson: Lesson):
    assert "ladder(" in code_cells(lesson)[-1]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_right_answer_is_accepted(exercise: Exercise):
    assert exercise.check(exercise.answer if exercise.is_function else exercise.answer())


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_has_a_task_hints_and_typical_mistakes(exercise: Exercise):
    assert exercise.task
    assert exercise.hints
    assert exercise.mistakes
    assert exercise.check().kind == "unanswered"


@pytest.mark.parametrize(("exercise", "index"), MISTAKES)
def test_a_typical_mistake_is_refused_and_named(exercise: Exercise, index: int):
    message, wrong = exercise.mistakes[index]
    verdict = exercise.check(wrong if exercise.is_function else wrong())
    assert verdict.kind == "wrong"
    assert verdict.text.startswith(message)
