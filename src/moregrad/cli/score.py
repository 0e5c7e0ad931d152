"""`moregrad score`."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import moregrad
from moregrad.cli.lowering import lower_as_trained
from moregrad.cli.options import HYPHEN, Flag, Json, Label, RunFolder, Source, takes, values
from moregrad.cli.progress import running_count
from moregrad.cli.screen import results, say
from moregrad.data.reading import Reading
from moregrad.errors import AlphabetError, MoregradError

if TYPE_CHECKING:
    import polars as pl

READ = ["column", "delimiter", "no_header", "encoding", "lower", "strip_invisible", "max_line_bytes", "max_file_bytes"]
READING = {name: Reading.settings()[name] for name in READ}

AS_CSV = (
    "Print comma-separated values, every word as it is. A spreadsheet takes words that begin with = + - or @ for "
    "formulas: import the column as text there."
)


@takes(reading=("The list of words", READING))
def score(
    run: RunFolder,
    source: Source = HYPHEN,
    /,
    *,
    reading: Any = None,
    label: Label = None,
    strict: Annotated[bool, Flag("Stop at the first word that cannot be scored.")] = False,
    csv: Annotated[bool, Flag(AS_CSV)] = False,
    json: Json = False,
) -> None:
    """Tell how surprising every word of a list is, and every character of it, in nats; the end of a word is a dot."""
    if csv and json:
        raise MoregradError("--csv and --json exclude each other; give one of them")
    from moregrad.cli.score_forms import as_csv, as_json, as_text
    from moregrad.data.streaming import stream_words
    from moregrad.evaluation.tables import score_tables

    form = as_csv if csv else as_json if json else as_text
    words = problems = 0
    notes: list[str] = []
    with running_count("words") as show_done:
        loaded = moregrad.load(run).given(label)
        form_of_list = lower_as_trained(loaded, values(reading))
        for table in score_tables(loaded.model, loaded.vocabulary, stream_words(source, notes=notes, **form_of_list)):
            if strict:
                _refuse(table, words)
            sys.stdout.write(_fit(form(table, first=words == 0)) if form is as_text else form(table, first=words == 0))
            words += table.height
            problems += table["problem"].count()
            show_done(words)
    for note in notes:
        say(f"note: {note}")
    if problems:
        say(f"{problems:,} of {words:,} words cannot be scored; each says why")


def _fit(text: str) -> str:
    """Fits lines to the terminal; files and pipes get them whole."""
    from moregrad.cli.score_forms import narrow

    return narrow(text, results().width) if sys.stdout.isatty() else text


def _refuse(table: "pl.DataFrame", before: int) -> None:
    """Raises AlphabetError if a word of `table`, before which there were so many others, cannot be scored."""
    refused = table.with_row_index("index").drop_nulls("problem")
    if refused.height:
        first = refused.row(0, named=True)
        number = before + first["index"] + 1
        raise AlphabetError(f"word {number}, {first['word']!r:.60}, cannot be scored: {first['problem']}")
