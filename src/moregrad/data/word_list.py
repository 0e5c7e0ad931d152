"""Words that Python code hands over: a list of texts, and nothing that only looks like one."""

from collections.abc import Iterable

import polars as pl

from moregrad.configuration import shorten
from moregrad.errors import DataError


def to_list(words: object) -> list[str]:
    """Returns `words` as a list; raises DataError for one text, for what is no list, and for a word that is no text."""
    if isinstance(words, str):
        raise DataError(f"{words!r:.60} is one text; give a list of words, such as ['emma', 'olivia']")
    if not isinstance(words, Iterable):
        raise DataError(f"{shorten(words)} is no list of words; give one, such as ['emma', 'olivia']")
    listed = list(words)
    for number, word in enumerate(listed, 1):
        if not isinstance(word, str):
            raise DataError(f"word {number} is {shorten(word)}; every word must be text, such as 'emma'")
    return listed


def to_series(words: pl.Series | Iterable[str]) -> pl.Series:
    """Returns `words` as a Polars series of strings; raises DataError as `to_list` does."""
    return words if isinstance(words, pl.Series) else pl.Series("word", to_list(words), dtype=pl.String)
