"""`moregrad export`."""

from typing import Annotated, Literal

from cyclopts import Parameter

import moregrad
from moregrad.cli.options import Json, Label, Place, RunFolder, Text
from moregrad.cli.screen import print_json, show
from moregrad.errors import MoregradError
from moregrad.formats.writers import FORMATS, choose

EACH = "; ".join(f"{name} ({each.shape}): {each.description}" for name, each in FORMATS.items())
WEIGHTS = "The numbers that a page keeps weights as, by default float16, which takes half the room."
TO = f"The format, by default that of the destination's ending. {EACH}."


def export(
    run: RunFolder,
    destination: Annotated[Place, Parameter(help="File or folder to write, which must not exist.")],
    /,
    *,
    to: Annotated[Text | None, Parameter(help=TO)] = None,
    weights: Annotated[Literal["float16", "float32"] | None, Parameter(help=WEIGHTS)] = None,
    label: Label = None,
    json: Json = False,
) -> None:
    """Write a run in a format that others read."""
    chosen = choose(destination, to)
    if weights is not None and chosen is not FORMATS["page"]:
        raise MoregradError(f"--weights is {weights}, and only a page (--to page) has a choice; leave it out")
    settings = {} if weights is None else {"half": weights == "float16"}
    found = moregrad.load(run)
    chosen.write(found if label is None else found.given(label), destination, **settings)
    if json:
        print_json({"file": str(destination)})
    else:
        show(f"Saved {destination}")
