"""`moregrad evaluate`."""

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

import moregrad
from moregrad.cli.lowering import lower_as_trained
from moregrad.cli.options import Json, RunFolder, Text, takes, values
from moregrad.cli.screen import print_json, say, show
from moregrad.data.reading import Reading

SHOWN = 20
"""Labels that are measured each."""

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
    """Measure the loss on the splits of a run, or on another list, over all words and over those not trained on.

    Where words have labels, each word is given its own: that of --label in another
    list. Of the test words those of each label are measured apart as well.
    """
    from moregrad.cli.losses import loss_table

    loaded = moregrad.load(run)
    losses = _evaluate_splits(loaded) if source is None else _evaluate_list(loaded, source, values(reading))
    if json:
        print_json({name: evaluation.to_dict() for name, evaluation in losses.items()})
    else:
        show(loss_table(losses))


def _evaluate_list(run: "moregrad.Run", source: str, reading: dict[str, Any]) -> "dict[str, Evaluation]":
    corpus = moregrad.read_corpus(source, **lower_as_trained(run, reading))
    for note in corpus.report.notes:
        say(f"note: {note}")
    evaluation = _evaluate_corpus(run, corpus)
    if left_out := len(corpus) - evaluation.all.words:
        say(f"{left_out:,} of {len(corpus):,} words cannot be scored and are left out; `moregrad score` says why")
    return {corpus.source: evaluation}


def _evaluate_corpus(run: "moregrad.Run", corpus: "moregrad.Corpus") -> "Evaluation":
    if corpus.word_labels is None:
        return run.evaluate(corpus.words)["words"]
    from moregrad.runs.labelling import evaluate_listed

    return evaluate_listed(run, corpus.words, corpus.word_labels)


def _evaluate_splits(run: "moregrad.Run") -> "dict[str, Evaluation]":
    labels = run.labels.names if run.labels and len(run.labels.names) <= SHOWN else ()
    tested = {f"test, {name}": run.evaluate(label=name)["test"] for name in labels}
    return run.evaluate() | tested
