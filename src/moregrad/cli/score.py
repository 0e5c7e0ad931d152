"""`moregrad score`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

import moregrad
from moregrad.cli.lowering import lower_as_trained
from moregrad.cli.options import HYPHEN, Flag, Json, Label, RunFolder, Text, takes, values
from moregrad.cli.progress import running_count
from moregrad.cli.screen import results, say, tell
from moregrad.data.live import LiveLines
from moregrad.data.reading import Reading
from moregrad.errors import AlphabetError, DataError, MoregradError

if TYPE_CHECKING:
    import polars as pl

    from moregrad.evaluation.held_out import HeldOut

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
AS_WORDS = "Take every argument for a word, even one that looks like a file, such as example.com."


@takes(reading=("The list of words", READING))
def score(
    run: RunFolder,
    /,
    *words: Annotated[Text, Parameter(help=WORDS)],
    reading: Any = None,
    label: Label = None,
    as_words: Annotated[bool, Flag(AS_WORDS)] = False,
    sort: Annotated[bool, Flag(SORT)] = False,
    novel: Annotated[bool, Flag(NOVEL)] = False,
    rank: Annotated[bool, Flag(RANK)] = False,
    strict: Annotated[bool, Flag("Stop at the first word that cannot be scored.")] = False,
    csv: Annotated[bool, Flag(AS_CSV)] = False,
    json: Json = False,
) -> None:
    """Tell how surprising words are, and every character of them, in nats; the end of a word is a dot.

    Each word is said to be in the train, validation or test words of the run, or new, and its percentile is the share
    of the held-out words that are less plausible: cost more nats per character.
    """
    if csv and json:
        raise MoregradError("--csv and --json exclude each other; give one of them")
    source = _find(words, as_words=as_words, line=values(reading).get("max_line_bytes", Reading.max_line_bytes))
    notes: list[str] = []
    with nullcontext(lambda done: None) if _is_prompt(source) else running_count("words") as show_done:
        loaded = moregrad.load(run).given(label)
        form = _form(loaded, csv=csv, json=json)
        form_of_list = lower_as_trained(loaded, values(reading))
        tables = _checked(_tables(loaded, source, form_of_list, notes, novel=novel), strict=strict)
        tables = _ranked(loaded, tables) if rank else tables
        count, problems = _print(_sorted(tables) if sort else tables, form, show_done)
    for note in notes:
        say(f"note: {note}")
    if problems:
        say(f"{problems:,} of {count:,} words cannot be scored; each says why")
    if count > problems and not csv and not json:
        tell(_explain(loaded.comparison.held_out))


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
    run: "moregrad.Run",
    source: "str | list[str] | LiveLines",
    form_of_list: dict[str, Any],
    notes: list[str],
    *,
    novel: bool,
) -> "Iterator[pl.DataFrame]":
    from moregrad.data.streaming import stream_words
    from moregrad.evaluation.tables import rate_tables

    words = stream_words(source, notes=notes, **form_of_list)
    standing = run.comparison.novel_standing if novel else run.comparison.standing
    judge = partial(rate_tables, run.model, run.vocabulary, standing, words)
    return judge(ready=source.ready) if isinstance(source, LiveLines) else judge()


def _checked(tables: "Iterator[pl.DataFrame]", *, strict: bool) -> "Iterator[pl.DataFrame]":
    words = 0
    for table in tables:
        if strict:
            _refuse(table, words)
        yield table
        words += table.height


def _ranked(run: "moregrad.Run", tables: "Iterator[pl.DataFrame]") -> "Iterator[pl.DataFrame]":
    """Yields the tables with the rank of every word and its standard error."""
    import polars as pl

    for table in tables:
        nats = table["nats"].fill_null(float("nan")).to_numpy()
        found = zip(("rank", "rank_error"), run.ranks(nats), strict=True)
        yield table.with_columns(**{name: pl.Series(values, nan_to_null=True) for name, values in found})


def _sorted(tables: "Iterator[pl.DataFrame]") -> "Iterator[pl.DataFrame]":
    """Yields one table of all rows, the most plausible words first and those that cannot be scored last."""
    import polars as pl

    if every := list(tables):
        yield pl.concat(every).sort("nats_per_character", nulls_last=True, maintain_order=True)


def _print(
    tables: "Iterator[pl.DataFrame]", form: Callable[..., str], show_done: Callable[[int], None]
) -> tuple[int, int]:
    """Prints every table as soon as it is there; returns the numbers of words and of those that cannot be scored."""
    words = problems = 0
    for table in tables:
        sys.stdout.write(form(table, first=words == 0))
        sys.stdout.flush()
        words += table.height
        problems += table["problem"].count()
        show_done(words)
    return words, problems


def _explain(held_out: "HeldOut") -> str:
    if not len(held_out):
        return "no word was held out from this run, so there is nothing to compare with"
    return (
        f"likelier than: of the {len(held_out):,} held-out words, those that cost more nats per character; "
        f"their mean is {held_out.mean:.4f}"
    )


def _refuse(table: "pl.DataFrame", before: int) -> None:
    """Raises AlphabetError if a word of `table`, before which there were so many others, cannot be scored."""
    refused = table.with_row_index("index").drop_nulls("problem")
    if refused.height:
        first = refused.row(0, named=True)
        number = before + first["index"] + 1
        raise AlphabetError(f"word {number}, {first['word']!r:.60}, cannot be scored: {first['problem']}")
