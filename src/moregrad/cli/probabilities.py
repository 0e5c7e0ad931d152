"""`moregrad probabilities`."""

from typing import Annotated

from cyclopts import Parameter

import moregrad
from moregrad.cli.lowering import lower_prefix
from moregrad.cli.options import Json, Label, RunFolder, Text
from moregrad.cli.screen import print_json, show


def probabilities(
    run: RunFolder,
    prefix: Annotated[Text, Parameter(help="Beginning of a word; empty for its first character.")] = "",
    /,
    *,
    label: Label = None,
    json: Json = False,
) -> None:
    """Tell how likely each character is after the beginning of a word, the likeliest first."""
    loaded = moregrad.load(run)
    found = loaded.probabilities(lower_prefix(loaded, prefix, asked=False), label=label)
    if json:
        print_json(found.to_dict())
    else:
        show(str(found))
