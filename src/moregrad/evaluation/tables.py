"""The scores of many words as tables, without a Python object per character."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import numpy as np
import polars as pl
from jaxtyping import Float

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.evaluation.scores import find_problems
from moregrad.evaluation.standing import Standing
from moregrad.evaluation.surprisal import sum_by_word, surprisals
from moregrad.models.model import Model
from moregrad.parallel import at_once, parallel_map

CHUNK = 2**16
MEASURES = ("nats", "nats_per_character", "surprisal")

Further = Callable[[EncodedWords, Float[np.ndarray, " words"]], dict[str, pl.Series]]


def score_tables(
    model: Model, vocabulary: Vocabulary, words: Iterable[pl.Series], *, ready: Callable[[], bool] = at_once
) -> Iterator[pl.DataFrame]:
    """Scores a list of any length: yields tables of at most 65,536 words, in order, computed in parallel.

    Only a few of the series and tables are in memory at a time. `ready` tells whether the next series can be had
    without waiting; while it cannot, all tables of those before it are yielded.
    """
    return parallel_map(partial(score_table, model, vocabulary), _cut(words), ready=ready)


def score_table(model: Model, vocabulary: Vocabulary, words: pl.Series) -> pl.DataFrame:
    """Scores words, one per row: `word`, total `nats`, `nats_per_character`, `surprisal` and `problem`.

    `surprisal` lists the nats of every character and of the end. For a word that cannot be scored, `problem` says why
    and the numbers are null.
    """
    return _table(model, vocabulary, words, lambda encoded, nats: {})


def rate_tables(
    model: Model,
    vocabulary: Vocabulary,
    standing: Standing,
    words: Iterable[pl.Series],
    *,
    ready: Callable[[], bool] = at_once,
) -> Iterator[pl.DataFrame]:
    """Yields what `rate_table` makes of a list of any length, as `score_tables` does."""
    return parallel_map(partial(rate_table, model, vocabulary, standing), _cut(words), ready=ready)


def rate_table(model: Model, vocabulary: Vocabulary, standing: Standing, words: pl.Series) -> pl.DataFrame:
    """Scores words as `score_table` does, and adds the columns of `standing`, null for words that cannot be scored."""
    return _table(model, vocabulary, words, standing.columns)


def _cut(words: Iterable[pl.Series]) -> Iterator[pl.Series]:
    return (part.slice(start, CHUNK) for part in words for start in range(0, len(part), CHUNK))


def _table(model: Model, vocabulary: Vocabulary, words: pl.Series, further: Further) -> pl.DataFrame:
    found = find_problems(model, vocabulary, words.to_list())
    table = pl.DataFrame({"row": np.arange(len(words), dtype=np.uint32), "word": words})
    reasons = pl.DataFrame(
        {"row": list(found), "problem": list(found.values())}, schema={"row": pl.UInt32, "problem": pl.String}
    )
    table = table.join(reasons, on="row", how="left", maintain_order="left")
    scored = table.filter(pl.col("problem").is_null())
    measured = _measure(model, vocabulary, scored, further)
    table = table.join(measured, on="row", how="left", maintain_order="left")
    return table.select("word", *MEASURES, "problem", pl.exclude("row", "word", *MEASURES, "problem"))


def _measure(model: Model, vocabulary: Vocabulary, scored: pl.DataFrame, further: Further) -> pl.DataFrame:
    encoded = EncodedWords.of(scored["word"], vocabulary)
    nats, sizes, rows = surprisals(model, encoded), encoded.lengths + 1, scored["row"].to_numpy()
    tokens = pl.DataFrame({"row": np.repeat(rows, sizes), "surprisal": nats})
    lists = tokens.group_by("row", maintain_order=True).agg("surprisal")
    totals = sum_by_word(nats, encoded)
    own = {"nats": pl.Series(totals), "nats_per_character": pl.Series(totals / sizes)}
    return lists.with_columns(**own, **further(encoded, totals))
