"""Scores of words beside the other columns of the table that the words are from."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator

import polars as pl

from moregrad.errors import DataError

Score = Callable[[Iterator[pl.Series]], Iterator[pl.DataFrame]]


def score_rows(rows: Iterable[tuple[pl.Series, pl.DataFrame]], score: Score) -> Iterator[pl.DataFrame]:
    """Yields tables with the scores of their words as further columns.

    `rows` are words and the table that they are from, some at a time, and `score` makes a table of each series of
    words, in order. Its column `word`, the form in which a word was scored, is left out if the table has one of that
    name; raises DataError if it has one of the name of another column.
    """
    waiting: deque[pl.DataFrame] = deque()

    def words() -> Iterator[pl.Series]:
        for series, table in rows:
            waiting.append(table)
            yield series

    for scores in score(words()):
        table = waiting.popleft()
        yield _join(table, scores.drop("word") if "word" in table.columns else scores)


def _join(table: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    taken = [name for name in scores.columns if name in table.columns]
    if taken:
        raise DataError(
            f"the table has the columns {', '.join(taken)}, and scores are added under these names; rename them"
        )
    return table.hstack(scores)
