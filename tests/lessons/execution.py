"""Lessons executed as a learner executes them, cell by cell in a kernel; what came out goes to `build/lessons`."""

import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from moregrad.lessons import Lesson

EXECUTED = Path(__file__).parents[2] / "build" / "lessons"
"""The folder from which the documentation takes the executed lessons."""

CELL_SECONDS = 300
"""After which a cell is taken to hang."""

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
"""Commands to a terminal, with which IPython colours what it reports."""

STRICT = "import warnings; warnings.simplefilter('error')"

SOLVE = """\
import importlib as _importlib
from moregrad.lessons import Exercise as _Exercise
for _each in vars(_importlib.import_module("moregrad.lessons.{topic}")).values():
    if isinstance(_each, _Exercise):
        exec(_each.solution().text)
        _answer = globals()[_each.name]
        _verdict = _each.check(_answer if _each.is_function else _answer())
        assert _verdict, f"the solution of {{_each.name}} is refused: {{_verdict}}"
warnings.simplefilter("default")
"""
"""Every solution, as it is shown, must run beside what the lesson defined."""


class CellError(Exception):
    """A cell failed; the message says which, in which lesson, and how."""


def execute(lesson: Lesson, folder: Path) -> NotebookNode:
    """Executes the notebook of `lesson` in `folder` and returns it with its outputs.

    Warnings are errors. At the end the solutions of all exercises are executed too. Raises CellError.
    """
    notebook = lesson.notebook()
    cells = notebook.cells
    notebook.cells = [new_code_cell(STRICT), *cells, new_code_cell(SOLVE.format(topic=lesson.topic))]
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        coalesce_streams=True,  # The kernel prints in pieces, which a page would show on lines of their own.
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        raise CellError(f"{lesson.name}, {_where(notebook)}\n{COLOURS.sub('', str(error))}") from None
    notebook.cells = cells
    return notebook


def keep(lesson: Lesson, notebook: NotebookNode) -> None:
    """Writes an executed notebook to `EXECUTED`."""
    EXECUTED.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, EXECUTED / f"{lesson.name}.ipynb")


def _where(notebook: NotebookNode) -> str:
    """The cell that failed, counted from 1 as a reader counts."""
    for number, cell in enumerate(notebook.cells):
        if any(output.output_type == "error" for output in cell.get("outputs", ())):
            return "the solutions" if cell is notebook.cells[-1] else f"cell {number}"
    return "no cell"
