"""`moregrad evaluate`."""

from typing import Annotated

from cyclopts import Parameter

import moregrad
from moregrad.cli.options import Json, Reading, RunFolder, Text
from moregrad.cli.screen import print_json, say, show


def evaluate(
    run: RunFolder,
    source: Annotated[Text | None, Parameter(help="Another list to measure the loss on.")] = None,
    /,
    *,
    reading: Reading = Reading(),  # noqa: B008
    json: Json = False,
) -> None:
    """Measure the loss on the splits of a run, or on another list, over all words and over those not trained on."""
    from moregrad.cli.losses import loss_table
    from moregrad.runs.experiment import losses

    loaded = moregrad.load(run)
    measured = losses(loaded.evaluate() if source is None else _on_list(loaded, source, reading))
    if json:
        print_json(measured)
    else:
        show(loss_table(measured))


def _on_list(run: "moregrad.Run", source: str, reading: Reading) -> dict:
    corpus = moregrad.read_corpus(source, **reading.rules())
    evaluation = run.evaluate(corpus.words)["words"]
    if left_out := len(corpus) - evaluation.all.words:
        say(f"{left_out:,} of {len(corpus):,} words cannot be scored and are left out; `moregrad score` says why")
    return {corpus.source: evaluation}
