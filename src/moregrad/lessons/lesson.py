"""The lessons: their sources, which travel with the package, and the notebooks made of them."""

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from moregrad.errors import MoregradError
from moregrad.lessons.repository import colab

if TYPE_CHECKING:
    from nbformat import NotebookNode

SOURCES = Path(__file__).parent / "sources"

INSTALL = "pip install 'moregrad[lessons]'"

OPENING = """\
[Open this lesson in Colab]({address}), or run it where you are. Begin with the next cell: it installs
moregrad where it is missing, as on Colab, and does nothing elsewhere."""

INSTALLATION = """\
try:
    import moregrad
except ModuleNotFoundError:
    %pip install --quiet moregrad
    import moregrad"""


@dataclass(frozen=True)
class Lesson:
    """A lesson: its source is MyST Markdown, in which jupytext finds the cells of a notebook."""

    path: Path

    @property
    def name(self) -> str:
        """The name of the notebook, such as 01-derivatives."""
        return self.path.stem

    @property
    def number(self) -> int:
        """The place on the road, from 1."""
        return int(self.name.partition("-")[0])

    @property
    def topic(self) -> str:
        """The name of the module with the exercises, such as derivatives."""
        return self.name.partition("-")[2]

    @cached_property
    def source(self) -> str:
        """The text of the source."""
        return self.path.read_text("utf-8")

    @property
    def title(self) -> str:
        """The first heading, without its number."""
        found = re.search(r"^# (?:\d+\. )?(.+)$", self.source, re.MULTILINE)
        return found[1] if found else self.topic

    def notebook(self) -> "NotebookNode":
        """Makes the notebook: the source's cells, and after the first one those that open and install.

        Raises MoregradError if jupytext is not installed.
        """
        try:
            import jupytext
        except ModuleNotFoundError as error:
            raise MoregradError(f"notebooks are made by jupytext, which is not installed: {INSTALL}") from error
        from nbformat.v4 import new_code_cell, new_markdown_cell

        notebook = jupytext.reads(self.source, fmt="md:myst")
        opening = new_markdown_cell(OPENING.format(address=colab(self.name)))
        notebook.cells[1:1] = [opening, new_code_cell(INSTALLATION)]
        for index, cell in enumerate(notebook.cells):
            cell.id = f"{self.topic}-{index}"
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        notebook.metadata = {"kernelspec": kernel, "moregrad": {"fingerprint": fingerprint(notebook)}}
        return notebook


def lessons() -> list[Lesson]:
    """Returns the lessons in the order of the road."""
    return [Lesson(path) for path in sorted(SOURCES.glob("[0-9][0-9]-*.md"))]


def fingerprint(notebook: "NotebookNode") -> str:
    """Returns a digest of what the cells say, whatever came out when they ran."""
    cells = "\0".join(f"{cell.cell_type}\n{cell.source}" for cell in notebook.cells)
    return sha256(cells.encode()).hexdigest()
