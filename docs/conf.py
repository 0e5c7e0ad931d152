"""The settings of Sphinx, which builds the documentation offline, from the lessons that the tests have executed."""

import re
import sys
from pathlib import Path
from shutil import rmtree
from typing import Any

import nbformat
from sphinx.errors import ConfigError

sys.path.insert(0, str(Path(__file__).parent))

from docstrings import to_restructured

from moregrad.lessons import lessons, write_notebooks
from moregrad.lessons.lesson import fingerprint

HERE = Path(__file__).parent
EXECUTED = HERE.parent / "build" / "lessons"
LESSONS = HERE / "lessons"
OPENED = HERE.parent / "build" / "notebooks"
"""Notebooks without outputs, which Colab opens from the branch of pages, at lessons/NAME.ipynb."""

project = "moregrad"
author = copyright = "The moregrad authors"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
html_theme = "furo"
html_title = "moregrad"
html_extra_path = [str(OPENED)]
myst_enable_extensions = ["dollarmath"]
nb_execution_mode = "off"
nb_merge_streams = True


def take_lessons() -> None:
    """Puts the executed lessons where Sphinx reads them; ends the build if one is missing or has changed since."""
    rmtree(LESSONS, ignore_errors=True)
    LESSONS.mkdir()
    write_notebooks(lessons(), OPENED / "lessons", overwrite=True)
    for lesson in lessons():
        path = EXECUTED / f"{lesson.name}.ipynb"
        if not path.is_file():
            raise ConfigError(f"{lesson.name} has not been executed; run `pytest tests/lessons` first")
        notebook = nbformat.read(path, as_version=4)
        if fingerprint(notebook) != fingerprint(lesson.notebook()):
            raise ConfigError(f"{lesson.name} has changed since it was executed; run `pytest tests/lessons` first")
        nbformat.write(notebook, LESSONS / f"{lesson.name}.ipynb")


take_lessons()


def link_lessons(app: Any, page: str, source: list[str]) -> None:
    """Lets links to the sources of lessons, which readers of the repository follow, lead to their pages."""
    source[0] = re.sub(r"\.\./src/moregrad/lessons/sources/([\w-]+)\.md", r"lessons/\1.ipynb", source[0])


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("source-read", link_lessons)
    app.connect("autodoc-process-docstring", to_restructured)
