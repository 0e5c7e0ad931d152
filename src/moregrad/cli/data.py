"""`moregrad data`: show, list, export."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

import moregrad
from moregrad.cli.options import Json, Reading, Source
from moregrad.cli.screen import print_json, say, shown, table
from moregrad.cli.screen import show as display

if TYPE_CHECKING:
    from rich.table import Table

    from moregrad.data.cleaning import CleaningReport
    from moregrad.data.summary import Summary

BAR = 40

app = App(name="data", help="Look at lists of words, export them cleaned.", help_format="plaintext", version_flags=())


@app.command
def show(source: Source, /, *, reading: Reading = Reading(), json: Json = False) -> None:  # noqa: B008
    """Tell what is in a list and what cleaning left out of it."""
    corpus = moregrad.read_corpus(source, **reading.rules())
    summary = corpus.summary()
    if json:
        facts = {"source": corpus.source, "origin": corpus.origin, "fingerprint": corpus.fingerprint}
        print_json({**facts, "cleaning": asdict(corpus.report), "summary": asdict(summary)})
        return
    display(
        f"{corpus.source}: {corpus.origin}\n",
        _cleaning_table(corpus.report),
        "",
        _summary_table(summary),
        "",
        _bars(summary.lengths),
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
def export(
    source: Source,
    file: Annotated[Path, Parameter(help="Where to write; .csv .tsv .jsonl .parquet or text, each also with .gz.")],
    /,
    *,
    reading: Reading = Reading(),  # noqa: B008
    json: Json = False,
) -> None:
    """Write a list, cleaned, to a file whose ending says its kind."""
    from moregrad.data.files import write_words

    if file.exists():
        raise moregrad.MoregradError(f"{file} exists, and nothing is overwritten; name another file")
    corpus = moregrad.read_corpus(source, **reading.rules())
    write_words(corpus.words, file)
    if json:
        print_json({"file": str(file), "cleaning": asdict(corpus.report)})
    else:
        say(f"{corpus.report.read:,} read, {corpus.report.kept:,} written to {file}")


def _cleaning_table(report: "CleaningReport") -> "Table":
    rows = [("read", report.read, ""), ("kept", report.kept, "")]
    rows += [
        (reason.replace("_", " "), found.count, " ".join(map(repr, found.examples)))
        for reason, found in report.dropped.items()
    ]
    return table(("cleaning", "words", "examples"), rows)


def _summary_table(summary: "Summary") -> "Table":
    rows = (
        ("distinct", shown(summary.distinct)),
        ("shortest", summary.shortest),
        ("longest", summary.longest),
        ("characters", shown(summary.characters)),
        ("alphabet", _counts(summary.alphabet.items())),
        ("commonest pairs", _counts(summary.pairs)),
    )
    return table(("summary", ""), rows)


def _counts(counts: Iterable[tuple[str, int]]) -> str:
    return "  ".join(f"{token} {count:,}" for token, count in counts)


def _bars(lengths: dict[int, int]) -> str:
    """How many words have each length, as bars."""
    most = max(lengths.values())
    lines = (f"{length:>6}  {'█' * round(BAR * count / most) or '▏'} {count:,}" for length, count in lengths.items())
    return "\n".join(("length", *lines))
