"""Notebooks on a learner's disk."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from moregrad import atomic
from moregrad.errors import MoregradError
from moregrad.lessons.lesson import Lesson, fingerprint

if TYPE_CHECKING:
    from nbformat import NotebookNode

Outcome = Literal["written", "renewed", "present", "kept"]


@dataclass(frozen=True)
class Written:
    """The fate of a notebook: new, put in place of an older one, there already, or kept since it was changed."""

    path: Path
    outcome: Outcome


def write_notebooks(lessons: Sequence[Lesson], folder: Path, *, overwrite: bool = False) -> list[Written]:
    """Writes a notebook for each lesson into `folder`, which is made if need be.

    A notebook that a learner changed is kept, unless `overwrite`; running its cells does not count as a change. Raises
    MoregradError if jupytext is not installed, and OSError where the folder cannot be written.
    """
    notebooks = [(lesson.name, lesson.notebook()) for lesson in lessons]
    if folder.exists() and not folder.is_dir():
        raise MoregradError(f"{folder} is a file; give a folder for the notebooks")
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(notebook, folder / f"{name}.ipynb", overwrite) for name, notebook in notebooks]


def _write(notebook: "NotebookNode", path: Path, overwrite: bool) -> Written:
    import nbformat

    outcome = _compare(path, notebook)
    if outcome == "kept" and overwrite:
        outcome = "written"
    if outcome in ("written", "renewed"):
        atomic.write_bytes(path, nbformat.writes(notebook).encode() + b"\n")
    return Written(path, outcome)


def _compare(path: Path, notebook: "NotebookNode") -> Outcome:
    """Tells what is to be done about the file at `path`."""
    import nbformat

    if not path.exists():
        return "written"
    try:
        present = nbformat.reads(path.read_text("utf-8"), as_version=4)
        found, recorded = fingerprint(present), present.metadata.get("moregrad", {}).get("fingerprint")
    except Exception:  # Whatever it is, it is not what was written.
        return "kept"
    if found == fingerprint(notebook):
        return "present"
    return "renewed" if found == recorded else "kept"
