"""`moregrad classify`."""

import csv as comma_separated
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

import moregrad
from moregrad.cli.options import Flag, Json, ListName, Text, takes, values
from moregrad.cli.score import AS_CSV, READING
from moregrad.cli.screen import print_json, say, show
from moregrad.errors import MoregradError

if TYPE_CHECKING:
    from moregrad.evaluation.classification import Classification
    from moregrad.runs.classifier import Classifier

CHUNK = 2**14
"""Words that are classified at a time."""
USAGE = "moregrad classify words.txt runs/german runs/french"

What = Annotated[
    ListName, Parameter(help="The words: a list, file, URL, or - for standard input; then the folders of the runs.")
]
Words = Annotated[
    tuple[Text, ...],
    Parameter(help="A word to classify in place of a list; may be repeated.", negative=(), show_default=False),
]
AsCsv = Annotated[bool, Flag(AS_CSV)]
PriorText = Annotated[
    Text | None,
    Parameter(help="Before a word is known: uniform, sizes for those of the lists, or numbers such as 0.7,0.3."),
]


@takes(reading=("The list of words", READING))
def classify(
    *what: What,
    word: Words = (),
    prior: PriorText = None,
    reading: Any = None,
    csv: AsCsv = False,
    json: Json = False,
) -> None:
    """Tell which of several lists each word is most like, and how often that is right on held-out words.

    Probabilities are those of Bayes' rule: the prior of a list times the
    probability of the word under its run. A run has probability 0 for a word that
    it cannot read.
    """
    if csv and json:
        raise MoregradError("--csv and --json exclude each other; give one of them")
    folders = what if word else what[1:]
    _check(what, folders)
    classifier = _load(folders, prior)
    found = (classifier.classify(chunk) for chunk in _chunks(what[0] if what else "", word, values(reading)))
    unread = _print_csv(found) if csv else _print_json(found, classifier) if json else _print(found, classifier)
    if unread:
        say(f"{unread:,} words cannot be read by some of the runs, which have probability 0 for them")


def _check(what: Sequence[str], folders: Sequence[str]) -> None:
    from moregrad.runs.storage import holds_run

    if not folders:
        raise MoregradError(f"give words and the folders of runs, such as: {USAGE}")
    if folders is not what and holds_run(Path(what[0])):
        raise MoregradError(f"{what[0]} is a run; give the words first, such as: {USAGE}; or give --word springfield")


def _load(folders: Sequence[str], prior: str | None) -> "Classifier":
    from moregrad.runs.classifier import Classifier
    from moregrad.runs.prior import parse_prior

    asked = None if prior is None else parse_prior(prior)
    runs = [moregrad.load(folder) for folder in folders]
    return Classifier.of(runs[0] if len(runs) == 1 else dict(zip(_name(folders), runs, strict=True)), asked)


def _name(folders: Sequence[str]) -> list[str]:
    """Names runs after their folders, by the whole path where two have the same name."""
    short = [Path(folder).resolve().name for folder in folders]
    names = short if len(set(short)) == len(short) else list(folders)
    for index, name in enumerate(names):
        if name in names[:index]:
            raise MoregradError(f"the run {name} is given twice; give each once")
    return names


def _chunks(source: str, words: Sequence[str], reading: dict[str, Any]) -> Iterator[list[str]]:
    from moregrad.data.streaming import stream_words

    if words:
        yield list(words)
        return
    notes: list[str] = []
    for series in stream_words(source, notes=notes, **reading):
        yield from (series.slice(start, CHUNK).to_list() for start in range(0, len(series), CHUNK))
    for note in notes:
        say(f"note: {note}")


def _print(found: "Iterator[Classification]", classifier: "Classifier") -> int:
    unread = 0
    for chunk in found:
        show(str(chunk.tabulate(len(chunk))))
        unread += sum(map(bool, chunk.problems))
    show("", str(classifier.accuracy))
    return unread


def _print_json(found: "Iterator[Classification]", classifier: "Classifier") -> int:
    unread = 0
    for chunk in found:
        print_json(*chunk.to_dicts())
        unread += sum(map(bool, chunk.problems))
    print_json({"held_out": classifier.accuracy.to_dict()})
    return unread


def _print_csv(found: "Iterator[Classification]") -> int:
    """Prints a line per word: the likeliest list, then the probability of each."""
    unread, first = 0, True
    for chunk in found:
        text = io.StringIO()
        writer = comma_separated.writer(text, lineterminator="\n")
        if first:
            writer.writerow(["word", "likeliest", *chunk.lists, "problem"])
        for row in chunk.to_dicts():
            shares = ("" if p is None else f"{p:.6f}" for p in row["probabilities"].values())
            writer.writerow([row["word"], row["likeliest"] or "", *shares, row["problem"] or ""])
        sys.stdout.write(text.getvalue())
        unread, first = unread + sum(map(bool, chunk.problems)), False
    return unread
