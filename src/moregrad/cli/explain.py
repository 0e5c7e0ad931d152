"""`moregrad explain`."""

from typing import Annotated

from cyclopts import Parameter

import moregrad
from moregrad.cli.options import Json, Label, RunFolder, Text
from moregrad.cli.screen import print_json, say, show


def explain(
    run: RunFolder,
    /,
    *words: Annotated[Text, Parameter(help="Words to explain.")],
    label: Label = None,
    json: Json = False,
) -> None:
    """Tell how surprising each character of words is, in nats, its rank, and what was expected instead."""
    if not words:
        raise moregrad.MoregradError("give the words to explain, such as: moregrad explain run emma")
    loaded = moregrad.load(run)
    if loaded.record.lower and any(word != word.lower() for word in words):
        say("the list of this run was put in lower case, and so are these words")
    found = [loaded.explain(word, label=label) for word in words]
    if json:
        print_json(*(each.to_dict() for each in found))
    else:
        show("\n\n".join(map(str, found)))
