"""`moregrad lessons`."""

from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from moregrad.cli.options import Flag, Json, Place
from moregrad.cli.screen import print_json, show, table, tell

if TYPE_CHECKING:
    from moregrad.lessons.writing import Written

TOLD = {
    "written": "{} written",
    "renewed": "{} brought up to date",
    "present": "{} already there",
    "kept": "{} changed by you and kept (--force overwrites)",
}


def lessons(
    directory: Annotated[Place, Parameter(help="Folder for the notebooks; made if need be.")] = Path("lessons"),
    /,
    *,
    list: Annotated[bool, Flag("Name the lessons and write nothing.")] = False,
    force: Annotated[bool, Flag("Overwrite notebooks that you changed.")] = False,
    json: Json = False,
) -> None:
    """Write eleven lessons as notebooks, from a derivative to a Transformer.

    A notebook that you changed is kept. `pip install 'moregrad[lessons]'` installs
    what opens them.
    """
    from moregrad.lessons.lesson import lessons
    from moregrad.lessons.writing import write_notebooks

    if list:
        _name(json)
        return
    written = write_notebooks(lessons(), directory, overwrite=force)
    if json:
        print_json([{"notebook": str(each.path), "outcome": each.outcome} for each in written])
    else:
        _report(written, directory)


def _name(json: bool) -> None:
    from moregrad.lessons.lesson import lessons

    if json:
        print_json([{"lesson": each.number, "name": each.name, "title": each.title} for each in lessons()])
    else:
        show(table(("lesson", "title"), [(each.name, each.title) for each in lessons()]))


def _report(written: "Sequence[Written]", directory: Path) -> None:
    from moregrad.lessons.lesson import INSTALL

    counts = Counter(each.outcome for each in written)
    told = ", ".join(told.format(counts[kind]) for kind, told in TOLD.items() if counts[kind])
    show(f"{told}, in {directory}")
    for each in written:
        if each.outcome == "kept":
            tell(f"kept: {each.path}")
    show("Open them with", f"  jupyter lab {quote(str(directory))}")
    if find_spec("jupyterlab") is None:
        tell(f"jupyter lab is not installed: {INSTALL}")
