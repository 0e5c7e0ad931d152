"""Words as arrays of code points, without one Python object per word."""

from collections.abc import Iterator

import numpy as np
import polars as pl
from jaxtyping import Int64, UInt32

SLICE = 2**14
UNICODE = 0x110000


def join_slices(words: pl.Series) -> Iterator[tuple[pl.Series, str]]:
    """Yields slices of at most SLICE words, each with its words joined into one text."""
    for start in range(0, len(words), SLICE):
        part = words.slice(start, SLICE)
        yield part, part.str.join("").item()


def to_code_points(text: str) -> UInt32[np.ndarray, " characters"]:
    """Returns the Unicode code points of `text`."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def from_code_points(points: UInt32[np.ndarray, " characters"]) -> str:
    """Returns the text whose code points are `points`."""
    return points.astype("<u4").tobytes().decode("utf-32-le")


def count_characters(words: pl.Series) -> Int64[np.ndarray, " unicode"]:
    """Counts each of the 1,114,112 code points of Unicode in `words`."""
    counts = np.zeros(UNICODE, np.int64)
    for _, joined in join_slices(words):
        part = np.bincount(to_code_points(joined))
        counts[: len(part)] += part
    return counts
