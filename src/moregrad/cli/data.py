"""`moregrad data`: show, list, export."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

import moregrad
from moregrad.cli.options import Json, Place, Source, takes, values
from moregrad.cli.screen import cell, print_json, say, table
from moregrad.cli.screen import show as display
from moregrad.data.reading import Reading

if TYPE_CHECKING:
    from rich.table import Table

    from moregrad.data.cleaning import CleaningReport
    from moregrad.data.summary import Summary

BAR = 40
READING = ("The list of words", Reading.settings())

app = App(name="data", help="Look at lists of words, export them cleaned.", help_format="plaintext", version_flags=())


@app.command
@takes(reading=READING)
def show(source: Source, /, *, reading: Any = None, json: Json = False) -> None:
    """Tell what is in a list and what cleaning left out of it."""
    corpus = moregrad.read_corpus(source, **values(reading))
    summary = corpus.summary()
    if json:
        facts = {"source": corpus.source, "origin": corpus.origin, "fingerprint": corpus.fingerprint}
        print_json({**facts, "cleaning": corpus.report.to_dict(), "summary": summary.to_dict()})
        return
    display(
        f"{corpus.source}: {corpus.origin}\n",
        _cleaning_table(corpus.report),
        "",
        _summary_table(summary),
        "",
        _draw_lengths(summary.lengths),
    )


@app.command(name="list")
def list_(*, json: Json = False) -> None:
    """Name the lists that are known."""
    from moregrad.data.sources import SOURCES

    if json:
        print_json([asdict(source) for source in SOURCES.values()])
    else:
        rows = [(source.name, source.description, source.licence) for source in SOURCES.values()]
        display(table(("name", "what", "licence"), rows))


@app.command
@takes(reading=READING)
def export(
    source: Source,
    file: Annotated[
        Place, Parameter(help="Where to write; .csv .tsv .json .jsonl .parquet .xlsx or text, each also with .gz.")
    ],
    /,
    *,
    reading: Any = None,
    json: Json = False,
) -> None:
    """Write a list, cleaned, to a file whose ending says its kind; with labels, a table of two columns."""
    from moregrad.data.files import write_words

    if file.exists():
        raise moregrad.MoregradError(f"{file} exists, and nothing is overwritten; name another file")
    corpus = moregrad.read_corpus(source, **values(reading))
    write_words(corpus.words, file, labels=corpus.word_labels)
    if json:
        print_json({"file": str(file), "cleaning": corpus.report.to_dict()})
    else:
        say(f"{corpus.report.read:,} read, {corpus.report.kept:,} written to {file}")


def _cleaning_table(report: "CleaningReport") -> "Table":
    rows = [("read", report.read, ""), ("kept", report.kept, "")]
    rows += [
        (reason.replace("_", " "), found.count, " ".join(map(repr, found.examples)))
        for reason, found in report.dropped.items()
    ]
    rows += [("note", "", note) for note in report.notes]
    rows += [(f"label {name!r}", count, "") for name, count in (report.labels or {}).items()]
    return table(("cleaning", "words", "examples"), rows)


def _summary_table(summary: "Summary") -> "Table":
    rows = (
        ("distinct", cell(summary.distinct)),
        ("shortest", summary.shortest),
        ("longest", summary.longest),
        ("characters", cell(summary.characters)),
        ("alphabet", _counts(summary.alphabet.items())),
        ("commonest pairs", _counts(summary.pairs)),
    )
    return table(("summary", ""), rows)


def _counts(counts: Iterable[tuple[str, int]]) -> str:
    return "  ".join(f"{token} {count:,}" for token, count in counts)


def _draw_lengths(lengths: dict[int, int]) -> str:
    """Draws how many words have each length."""
    most = max(lengths.values())
    lines = (f"{length:>6}  {'█' * round(BAR * count / most) or '▏'} {count:,}" for length, count in lengths.items())
    return "\n".join(("length", *lines))
