"""The execution of lessons: a failure points at its lesson and its cell."""

from pathlib import Path

import pytest

from lessons.execution import CellError, execute
from lessons.sources import SOURCE, write_lesson


@pytest.mark.parametrize(
    ("cell", "told"),
    [("1 / 0", "ZeroDivisionError"), ("import warnings; warnings.warn('old')", "UserWarning: old")],
)
def test_a_cell_that_fails_or_warns_is_named_with_its_lesson(tmp_path: Path, cell: str, told: str):
    lesson = write_lesson(tmp_path, SOURCE.replace("1 + 1", cell))
    with pytest.raises(CellError, match=rf"07-small, cell 4\n(?s:.*){told}"):
        execute(lesson, tmp_path)
