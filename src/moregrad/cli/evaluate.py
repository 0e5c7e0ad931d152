"""`moregrad evaluate`."""

from functools import partial
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

import moregrad
from moregrad.cli.lowering import lower_as_trained
from moregrad.cli.options import Flag, Json, ListName, RunFolder, takes, values
from moregrad.cli.progress import shares_done
from moregrad.cli.screen import print_json, say, show, tell
from moregrad.data.reading import Reading

SHOWN = 20
"""Labels that are measured each."""

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from moregrad.evaluation.scores import Evaluation


@takes(reading=("The list of words", Reading.settings()))
def evaluate(
    run: RunFolder,
    source: Annotated[ListName | None, Parameter(help="Another list to measure the loss on.")] = None,
    /,
    *,
    reading: Any = None,
    all: Annotated[bool, Flag("Score every word of a list of more than 50,000, not a random sample.")] = False,
    json: Json = False,
) -> None:
    """Measure the loss on the splits of a run, or on another list, over all words and over those not trained on.

    Where words have labels, each word is given its own: that of --label in another
    list. Of the test words those of each label are measured apart as well.
    """
    from moregrad.cli.losses import loss_table, sampling_notes, unresolved

    loaded = moregrad.load(run)
    measure = partial(_evaluate_all, loaded) if all else loaded.evaluate
    if source is None:
        losses = measure() | _by_label(loaded)
    else:
        losses = _evaluate_list(loaded, source, values(reading), measure, all=all)
    if json:
        print_json({name: evaluation.to_dict() for name, evaluation in losses.items()})
    else:
        show(loss_table(losses), *sampling_notes(losses, f"moregrad evaluate {quote(str(run))} --all"))
        for reason in unresolved(losses):
            tell(reason)


def _evaluate_all(run: "moregrad.Run", words: "Iterable[str] | None" = None) -> "dict[str, Evaluation]":
    """Scores every word, and shows on a terminal how far it is."""
    with shares_done([*run.splits] if words is None else ["words"]) as shares:
        return run.evaluate_all(words, callback=shares)


def _evaluate_list(
    run: "moregrad.Run",
    source: str,
    reading: dict[str, Any],
    measure: "Callable[..., dict[str, Evaluation]]",
    *,
    all: bool,
) -> "dict[str, Evaluation]":
    corpus = moregrad.read_corpus(source, **lower_as_trained(run, reading))
    for note in corpus.report.notes:
        say(f"note: {note}")
    labelled = corpus.word_labels is not None
    evaluation = _evaluate_labelled(run, corpus, all=all) if labelled else measure(corpus.words)["words"]
    if left_out := len(corpus) - (evaluation.all.sampled_from or evaluation.all.words):
        say(f"{left_out:,} of {len(corpus):,} words cannot be scored and are left out; `moregrad score` says why")
    return {corpus.source: evaluation}


def _evaluate_labelled(run: "moregrad.Run", corpus: "moregrad.Corpus", *, all: bool) -> "Evaluation":
    from moregrad.runs.labelling import evaluate_listed

    return evaluate_listed(run, corpus, all=all)


def _by_label(run: "moregrad.Run") -> "dict[str, Evaluation]":
    names = run.labels.names if run.labels and len(run.labels.names) <= SHOWN else ()
    return {f"test, {name}": run.evaluate(label=name)["test"] for name in names}
