"""The scores of many words as tables, without a Python object per character."""

from collections.abc import Iterable, Iterator
from functools import partial

import numpy as np
import polars as pl

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.evaluation.scores import find_problems
from moregrad.evaluation.surprisal import sum_by_word, surprisals
from moregrad.models.model import Model
from moregrad.parallel import parallel_map

CHUNK = 2**16


def score_tables(model: Model, vocabulary: Vocabulary, words: Iterable[pl.Series]) -> Iterator[pl.DataFrame]:
    """Scores a list of any length: yields tables of at most 65,536 words, in order, computed in parallel.

    Only a few of the series and tables are in memory at a time.
    """
    chunks = (part.slice(start, CHUNK) for part in words for start in range(0, len(part), CHUNK))
    return parallel_map(partial(score_table, model, vocabulary), chunks)


def score_table(model: Model, vocabulary: Vocabulary, words: pl.Series) -> pl.DataFrame:
    """Scores words, one per row: `word`, total `nats`, `nats_per_character`, `surprisal` and `problem`.

    `surprisal` lists the nats of every character and of the end. For a word that cannot be scored, `problem` says why
    and the numbers are null.
    """
    found = find_problems(model, vocabulary, words.to_list())
    table = pl.DataFrame({"row": np.arange(len(words), dtype=np.uint32), "word": words})
    reasons = pl.DataFrame(
        {"row": list(found), "problem": list(found.values())}, schema={"row": pl.UInt32, "problem": pl.String}
    )
    table = table.join(reasons, on="row", how="left", maintain_order="left")
    scored = table.filter(pl.col("problem").is_null())
    table = table.join(_measure(model, vocabulary, scored), on="row", how="left", maintain_order="left")
    return table.select("word", "nats", "nats_per_character", "surprisal", "problem")


def _measure(model: Model, vocabulary: Vocabulary, scored: pl.DataFrame) -> pl.DataFrame:
    encoded = EncodedWords.of(scored["word"], vocabulary)
    nats, sizes, rows = surprisals(model, encoded), encoded.lengths + 1, scored["row"].to_numpy()
    tokens = pl.DataFrame({"row": np.repeat(rows, sizes), "surprisal": nats})
    lists = tokens.group_by("row", maintain_order=True).agg("surprisal")
    totals = sum_by_word(nats, encoded)
    return lists.with_columns(nats=pl.Series(totals), nats_per_character=pl.Series(totals / sizes))
