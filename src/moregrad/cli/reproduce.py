"""`moregrad reproduce`."""

import builtins
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from moregrad.cli.options import Flag, Json, Place, Text
from moregrad.cli.progress import shares_done
from moregrad.cli.screen import print_json, say, show, table
from moregrad.errors import MoregradError

if TYPE_CHECKING:
    from moregrad.lectures.reproduction import Result

ONE_FILE = "File of the Indian names, which cannot be downloaded; looked for in the folder MOREGRAD_DATA by default."


def reproduce(
    *names: Annotated[Text, Parameter(help="Names of published runs, as --list tells them.")],
    all: Annotated[bool, Flag("Replay every run.")] = False,
    list: Annotated[bool, Flag("List the runs and replay none.")] = False,
    every: Annotated[bool, Flag("Show every figure of long series too.")] = False,
    indian_names: Annotated[Place | None, Parameter(help=ONE_FILE)] = None,
    json: Json = False,
) -> int:
    """Replay published runs and put their figures beside the published ones.

    The runs are those of the lectures Neural Networks: Zero to Hero, of
    micrograd, of microgpt, and of the projects that moregrad has grown from.
    The exit code is 1 if a figure differs.
    """
    if list:
        _list(json)
        return 0
    chosen = _choose(names, all)
    from moregrad.cli.reproduced import summary
    from moregrad.lectures.lists import Lists
    from moregrad.lectures.reproduction import reproduce_all

    results = []
    with shares_done(chosen) as progress:
        for result in reproduce_all(chosen, lists=Lists(_existing(indian_names)), show=progress):
            results.append(result)
            with progress.aside():
                _print(result, every=every, json=json)
    if not json:
        show(summary(results))
    return 0 if builtins.all(result.reproduced for result in results) else 1


def _print(result: "Result", *, every: bool, json: bool) -> None:
    from moregrad.cli.reproduced import as_dict, as_text

    if json:
        print_json(as_dict(result))
    else:
        show(*as_text(result, every=every), "")
    if result.left_out:
        say(f"moregrad: {result.name} is left out: {result.left_out}")


def _list(json: bool) -> None:
    from moregrad.lectures.reproduction import REPRODUCTIONS

    if json:
        print_json([{"name": name, "title": run.title} for name, run in REPRODUCTIONS.items()])
    else:
        show(table(("run", "what"), [(name, run.title) for name, run in REPRODUCTIONS.items()]))


def _choose(names: Sequence[str], all: bool) -> Sequence[str]:
    from moregrad.lectures.reproduction import REPRODUCTIONS, check_name

    if all and names:
        raise MoregradError(f"--all replays every run; leave it out to replay {' '.join(names)} only")
    if not all and not names:
        raise MoregradError("give the name of a run, such as moons, or --all; --list tells the names")
    for name in names:
        check_name(name)
    return tuple(REPRODUCTIONS) if all else tuple(dict.fromkeys(names))


def _existing(file: Path | None) -> Path | None:
    if file and not file.is_file():
        raise MoregradError(f"there is no file {file}; give the file of the Indian names, or leave --indian-names out")
    return file
