"""Words as the integers of their characters, many at a time, without one Python object per word."""

from collections.abc import Iterable, Iterator

import numpy as np
import polars as pl
from jaxtyping import Int64, UInt32

SLICE = 2**14
UNICODE = 0x110000


def series(words: pl.Series | Iterable[str]) -> pl.Series:
    """`words` as a Polars series of strings."""
    return words if isinstance(words, pl.Series) else pl.Series("word", list(words), dtype=pl.String)


def slices(words: pl.Series) -> Iterator[tuple[pl.Series, str]]:
    """Some words at a time, each slice with all its characters, one word after the other."""
    for start in range(0, len(words), SLICE):
        part = words.slice(start, SLICE)
        yield part, part.str.join("").item()


def code_points(text: str) -> UInt32[np.ndarray, " characters"]:
    """The Unicode code points of `text`."""
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def text(points: UInt32[np.ndarray, " characters"]) -> str:
    """The characters whose code points are `points`."""
    return points.astype("<u4").tobytes().decode("utf-32-le")


def count_characters(words: pl.Series) -> Int64[np.ndarray, " unicode"]:
    """How often each of the 1,114,112 code points of Unicode occurs in `words`."""
    counts = np.zeros(UNICODE, np.int64)
    for _, joined in slices(words):
        part = np.bincount(code_points(joined))
        counts[: len(part)] += part
    return counts
