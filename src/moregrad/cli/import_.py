"""`moregrad import`."""

import warnings
from typing import Annotated, Any

from annotated_types import Ge, Le
from cyclopts import Parameter

import moregrad
from moregrad.cli.options import Json, ListName, Number, Place, Text, takes, values
from moregrad.cli.screen import print_json, show, tell
from moregrad.data.reading import Reading

READING = {name: setting for name, setting in Reading.settings().items() if name != "label"}


@takes(reading=("The list of words", READING))
def import_(
    file: Annotated[Place, Parameter(help="A checkpoint of makemore.py, an ARPA file, a folder of Hugging Face's.")],
    /,
    *,
    words: Annotated[ListName | None, Parameter(help="The list that the model was trained on.")] = None,
    split: Annotated[Text | None, Parameter(help="How the list is split; by default as its program does.")] = None,
    heads: Annotated[
        int | None, Number("The heads of makemore.py's Transformer, 4 by default.", Ge(1), Le(2**16))
    ] = None,
    out: Annotated[Place | None, Parameter(help="Folder of the run; a new one in runs/ by default.")] = None,
    reading: Any = None,
    json: Json = False,
) -> None:
    """Make a run of a model that another program trained.

    A checkpoint of makemore.py does not tell its characters: they are those of
    --words, or of --alphabet.
    """
    from moregrad.cli.losses import loss_table
    from moregrad.formats.readers import import_run
    from moregrad.runs.folder import check_free, free_folder

    folder = check_free(out) if out else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        run = import_run(file, words=words, split=split, heads=heads, **values(reading))
    for warning in run.record.warnings:
        tell(f"moregrad: warning: {warning}")
    if folder is None:
        with free_folder(run.architecture.name, run.record.source) as folder:
            moregrad.save(run, folder)
    else:
        moregrad.save(run, folder)
    if json:
        print_json({"folder": str(folder), "record": run.record.to_dict()})
        return
    if run.record.losses:
        show(loss_table(run.record.losses))
    show(f"Saved {run!r} in {folder}")
