"""Tables of scores of many words under a run, as `Run.rate` gives them of few."""

from collections.abc import Callable, Iterable, Iterator

import polars as pl

from moregrad.errors import AlphabetError
from moregrad.evaluation.tables import rate_table, rate_tables
from moregrad.parallel import at_once
from moregrad.runs.run import Run


def rate_words(
    run: Run,
    words: Iterable[pl.Series],
    *,
    novel: bool = False,
    rank: bool = False,
    ready: Callable[[], bool] = at_once,
) -> Iterator[pl.DataFrame]:
    """Yields what is told of words of any number, in tables of at most 65,536, computed in parallel.

    The columns are `word`, `nats`, `nats_per_character`, `surprisal`, `problem`, `where`, `percentile`; if `novel` also
    `nats_given_new`, and with `rank` the `rank` and its `rank_error`. `ready` is that of `score_tables`.
    """
    standing = run.comparison.novel_standing if novel else run.comparison.standing
    tables = rate_tables(run.model, run.vocabulary, standing, words, ready=ready)
    return (_rank(run, table) for table in tables) if rank else tables


def rate_none(run: Run, *, novel: bool = False, rank: bool = False) -> pl.DataFrame:
    """Returns the table that `rate_words` would yield of no words."""
    standing = run.comparison.novel_standing if novel else run.comparison.standing
    table = rate_table(run.model, run.vocabulary, standing, pl.Series("word", [""])).clear()
    return _rank(run, table) if rank else table


def check_scored(table: pl.DataFrame, *, before: int, source: str = "") -> None:
    """Raises AlphabetError if a word of `table`, before which `source` has so many others, cannot be scored."""
    refused = table.with_row_index("index").drop_nulls("problem")
    if refused.height:
        first = refused.row(0, named=True)
        number = before + first["index"] + 1
        place = f" of {source}" if source else ""
        raise AlphabetError(f"word {number}{place}, {first['word']!r:.60}, cannot be scored: {first['problem']}")


def _rank(run: Run, table: pl.DataFrame) -> pl.DataFrame:
    """Returns the table with the rank of every word and its standard error."""
    nats = table["nats"].fill_null(float("nan")).to_numpy()
    found = zip(("rank", "rank_error"), run.ranks(nats), strict=True)
    return table.with_columns(**{name: pl.Series(values, nan_to_null=True) for name, values in found})
