"""`moregrad evaluate`."""

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

import moregrad
from moregrad.cli.lowering import lower_as_trained
from moregrad.cli.options import Json, RunFolder, Text, takes, values
from moregrad.cli.screen import print_json, say, show, tell
from moregrad.data.reading import Reading

if TYPE_CHECKING:
    from moregrad.evaluation.scores import Evaluation


@takes(reading=("The list of words", Reading.settings()))
def evaluate(
    run: RunFolder,
    source: Annotated[Text | None, Parameter(help="Another list to measure the loss on.")] = None,
    /,
    *,
    reading: Any = None,
    json: Json = False,
) -> None:
    """Measure the loss on the splits of a run, or on another list, over all words and over those not trained on."""
    from moregrad.cli.losses import loss_table, unresolved

    loaded = moregrad.load(run)
    losses = loaded.evaluate() if source is None else _evaluate_list(loaded, source, values(reading))
    if json:
        print_json({name: evaluation.to_dict() for name, evaluation in losses.items()})
    else:
        show(loss_table(losses))
        for reason in unresolved(losses):
            tell(reason)


def _evaluate_list(run: "moregrad.Run", source: str, reading: dict[str, Any]) -> "dict[str, Evaluation]":
    corpus = moregrad.read_corpus(source, **lower_as_trained(run, reading))
    for note in corpus.report.notes:
        say(f"note: {note}")
    evaluation = run.evaluate(corpus.words)["words"]
    if left_out := len(corpus) - evaluation.all.words:
        say(f"{left_out:,} of {len(corpus):,} words cannot be scored and are left out; `moregrad score` says why")
    return {corpus.source: evaluation}
