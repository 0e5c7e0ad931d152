"""`moregrad export`."""

from typing import Annotated

from cyclopts import Parameter

import moregrad
from moregrad.cli.options import Json, Label, Place, RunFolder, Text
from moregrad.cli.screen import print_json, show
from moregrad.formats.writers import FORMATS, choose

EACH = "; ".join(f"{name} ({each.shape}): {each.description}" for name, each in FORMATS.items())
TO = f"The format, by default that of the destination's ending. {EACH}."


def export(
    run: RunFolder,
    destination: Annotated[Place, Parameter(help="File or folder to write, which must not exist.")],
    /,
    *,
    to: Annotated[Text | None, Parameter(help=TO)] = None,
    label: Label = None,
    json: Json = False,
) -> None:
    """Write a run in a format that others read."""
    chosen = choose(destination, to)
    chosen.write(moregrad.load(run).given(label), destination)
    if json:
        print_json({"file": str(destination)})
    else:
        show(f"Saved {destination}")
