"""Pairs of adjacent tokens and how often each occurs, whatever the size of the vocabulary."""

import numpy as np
import polars as pl

from moregrad.data.encoded_words import EncodedWords

SLICE = 2**22


def count_pairs(encoded: EncodedWords) -> pl.DataFrame:
    """Counts the pairs of adjacent tokens, the boundaries around words included.

    The columns are `first`, `second` and `count`, the most frequent pairs first, equal ones in order of their tokens.
    """
    tallies = pl.concat(
        _tally(encoded.tokens[start : start + SLICE + 1]) for start in range(0, max(encoded.predictions, 1), SLICE)
    )
    counted = tallies.group_by("pair").sum().sort("count", "pair", descending=[True, False])
    first, second = pl.col("pair") // 2**32, pl.col("pair") % 2**32
    return counted.select(first=first, second=second, count="count")


def _tally(tokens: np.ndarray) -> pl.DataFrame:
    pairs = tokens[:-1].astype(np.uint64) << np.uint64(32) | tokens[1:]
    return pl.Series("pair", pairs).value_counts().with_columns(pl.col("count").cast(pl.UInt64))
