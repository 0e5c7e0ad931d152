"""`moregrad score`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

import moregrad
from moregrad.cli.lowering import lower_as_trained
from moregrad.cli.options import HYPHEN, Flag, Json, Label, Place, RunFolder, Text, takes, values
from moregrad.cli.out_file import check_out
from moregrad.cli.parted import are_tables, do_parts, is_folder, refuse_parting
from moregrad.cli.progress import running_count
from moregrad.cli.score_output import ENDINGS, PARQUET, Tally, print_tables, write_tables
from moregrad.cli.screen import print_json, results, say, tell
from moregrad.data.live import LiveLines
from moregrad.data.reading import Reading
from moregrad.errors import DataError, MoregradError
from moregrad.parts.options import Parting

if TYPE_CHECKING:
    import polars as pl

    from moregrad.evaluation.held_out import HeldOut
    from moregrad.evaluation.scored_rows import Score

READ = ["column", "delimiter", "no_header", "encoding", "lower", "strip_invisible", "max_line_bytes", "max_file_bytes"]
READING = {name: Reading.settings()[name] for name in READ}

WORDS = (
    "Words; or a list: one argument that is the name of a list, an existing file, a URL, or - for standard input, "
    "which is read too if nothing is given; on a terminal, words are asked for."
)
AS_CSV = (
    "Print comma-separated values, every word as it is. A spreadsheet takes words that begin with = + - or @ for "
    "formulas: import the column as text there."
)
NOVEL = (
    "Also print the nats of each word given that it is new, in no split of the run: those of the distribution that "
    "`sample --novel` draws from, whatever the length. A word that is in a split has none."
)
SORT = "Print the most plausible words first, by nats per character; nothing is printed before the whole list is read."
RANK = (
    "Also print the rank of each word among all by probability, 1 for the most probable, with its standard error: 0 "
    "where it was counted, infinite (null in JSON) where it is a lower limit. Takes some seconds."
)
OUT = (
    "Write the scores to this new .parquet, .csv or .jsonl file instead; those of a table as further columns of it, "
    "as with --csv and --json. A name without an ending is a folder of parts, made from files and folders of .parquet "
    "tables. Where tables become a folder or a .parquet file, the same command goes on after a kill."
)
AS_WORDS = "Take every argument for a word, even one that looks like a file, such as example.com."


@takes(reading=("The list of words", READING), parts=("Parts", Parting.settings()))
def score(
    run: RunFolder,
    /,
    *words: Annotated[Text, Parameter(help=WORDS)],
    reading: Any = None,
    parts: Any = None,
    label: Label = None,
    as_words: Annotated[bool, Flag(AS_WORDS)] = False,
    sort: Annotated[bool, Flag(SORT)] = False,
    novel: Annotated[bool, Flag(NOVEL)] = False,
    rank: Annotated[bool, Flag(RANK)] = False,
    strict: Annotated[bool, Flag("Stop at the first word that cannot be scored.")] = False,
    csv: Annotated[bool, Flag(AS_CSV)] = False,
    out: Annotated[Place | None, Parameter(help=OUT)] = None,
    json: Json = False,
) -> int:
    """Tell how surprising words are, and every character of them, in nats; the end of a word is a dot.

    Each word is said to be in the train, validation or test words of the run, or
    new, and to be likelier than so many of the held-out words: those that cost
    more nats per character.
    """
    if csv and json:
        raise MoregradError("--csv and --json exclude each other; give one of them")
    if out and csv:
        raise MoregradError("--csv prints, and the ending of --out says the form of a file; give one of them")
    by_parts = out and out.suffix.lower() == PARQUET and not as_words and not sort and are_tables(words)
    if out and (is_folder(out) or by_parts):
        if sort:
            raise MoregradError(f"--sort needs all rows at once, and {out} is a folder of parts; leave it out")
        asked = {"label": label, "novel": novel, "rank": rank, "strict": strict, **values(parts)}
        return _score_parts(run, words, out, values(reading), asked, json=json)
    refuse_parting(values(parts))
    file = check_out(out, ENDINGS) if out else None
    source = _find(words, as_words=as_words, line=values(reading).get("max_line_bytes", Reading.max_line_bytes))
    notes: list[str] = []
    tally = Tally()
    with nullcontext(lambda done: None) if _is_prompt(source) else running_count("words") as show_done:
        loaded = moregrad.load(run).given(label)
        read = lower_as_trained(loaded, values(reading))

        judge = partial(_rate, loaded, source, novel=novel, rank=rank, strict=strict)
        tables = _tables(source, read, notes, judge, whole=bool(csv or json or file))
        tables = tally.count(_sorted(tables) if sort else tables, show_done)
        if file:
            write_tables(tables, file)
        else:
            print_tables(tables, _form(loaded, csv=csv, json=json))
    _conclude(loaded, notes, tally, file, csv=csv, json=json)
    return 0


def _score_parts(
    run: Path, words: tuple[str, ...], out: Path, read: dict[str, Any], asked: dict[str, Any], *, json: bool
) -> int:
    from moregrad.parts import score_parts
    from moregrad.parts.run_file import RunFile

    if not is_folder(out):
        check_out(out, ENDINGS)
    reading = Reading().replace(**lower_as_trained(RunFile.of(run).load(), read))
    return do_parts(
        lambda watch: score_parts(run, words, out, reading=reading, watch=watch, **asked),
        out,
        "words with their scores written",
        json=json,
    )


def _conclude(run: "moregrad.Run", notes: list[str], tally: Tally, file: Path | None, *, csv: bool, json: bool) -> None:
    for note in notes:
        say(f"note: {note}")
    if tally.problems:
        say(f"{tally.problems:,} of {tally.words:,} words cannot be scored; each says why")
    if file and json:
        print_json({"file": str(file), "words": tally.words, "problems": tally.problems})
    elif file:
        say(f"{tally.words:,} words with their scores written to {file}")
    elif tally.words > tally.problems and not csv and not json:
        tell(_explain(run.comparison.held_out))


def _find(words: tuple[str, ...], *, as_words: bool, line: int) -> "str | list[str] | LiveLines":
    """Returns the words typed, the list they name, or the lines of standard input as they arrive."""
    from moregrad.cli.words_or_list import words_or_list

    source = words_or_list(words, as_words=as_words) if words else HYPHEN
    if source != HYPHEN:
        return source
    if sys.stdin is None:
        raise DataError("there is no standard input to read from; give words, a file or a named list")
    if not words and sys.stdin.isatty():
        from moregrad.cli.prompt import Prompt

        return Prompt(sys.stdin.buffer)
    from moregrad.data.live import LivePipe

    return LivePipe(sys.stdin.buffer, "standard input", line=line)


def _is_prompt(source: object) -> bool:
    from moregrad.cli.prompt import Prompt

    return isinstance(source, Prompt)


def _form(run: "moregrad.Run", *, csv: bool, json: bool) -> Callable[..., str]:
    from moregrad.cli.score_forms import as_csv, as_json, as_text

    if csv or json:
        return as_csv if csv else as_json
    return lambda table, first: _fit(as_text(table, first=first, held_out=len(run.comparison.held_out)))


def _fit(text: str) -> str:
    """Fits lines to the terminal; files and pipes get them whole."""
    from moregrad.cli.score_forms import narrow

    return narrow(text, results().width) if sys.stdout.isatty() else text


def _tables(
    source: "str | list[str] | LiveLines",
    reading: dict[str, Any],
    notes: list[str],
    judge: "Score",
    *,
    whole: bool,
) -> "Iterator[pl.DataFrame]":
    """Yields what `judge` makes of the words of `source`, if `whole` beside the other columns of their table."""
    from moregrad.data.streaming import stream_rows
    from moregrad.evaluation.scored_rows import score_rows

    rows = stream_rows(source, Reading().replace(**reading), notes=notes)
    return score_rows(rows, judge) if whole else judge(words for words, _ in rows)


def _rate(
    run: "moregrad.Run",
    source: "str | list[str] | LiveLines",
    words: "Iterator[pl.Series]",
    *,
    novel: bool,
    rank: bool,
    strict: bool,
) -> "Iterator[pl.DataFrame]":
    from moregrad.parallel import at_once
    from moregrad.runs.rated_tables import rate_words

    ready = source.ready if isinstance(source, LiveLines) else at_once
    return _checked(rate_words(run, words, novel=novel, rank=rank, ready=ready), strict=strict)


def _checked(tables: "Iterator[pl.DataFrame]", *, strict: bool) -> "Iterator[pl.DataFrame]":
    from moregrad.runs.rated_tables import check_scored

    words = 0
    for table in tables:
        if strict:
            check_scored(table, before=words)
        yield table
        words += table.height


def _sorted(tables: "Iterator[pl.DataFrame]") -> "Iterator[pl.DataFrame]":
    """Yields one table of all rows, the most plausible words first and those that cannot be scored last."""
    import polars as pl

    if every := list(tables):
        yield pl.concat(every).sort("nats_per_character", nulls_last=True, maintain_order=True)


def _explain(held_out: "HeldOut") -> str:
    if not len(held_out):
        return "no word was held out from this run, so there is nothing to compare with"
    return (
        f"likelier than: of the {len(held_out):,} held-out words, those that cost more nats per character; "
        f"their mean is {held_out.mean:.4f}"
    )
