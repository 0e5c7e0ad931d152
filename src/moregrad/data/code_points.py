"""Words as the integers of their characters, many at a time, without one Python object per word."""

from collections.abc import Iterator

import numpy as np
import polars as pl
from jaxtyping import Int64, UInt32

SLICE = 2**14
UNICODE = 0x110000


def slices(words: pl.Series) -> Iterator[tuple[pl.Series, UInt32[np.ndarray, " characters"]]]:
    """Some words at a time, each slice with the code points of all its characters, one word after the other."""
    for part in words.iter_slices(SLICE):
        yield part, points(part.str.join("").item())


def points(text: str) -> UInt32[np.ndarray, " characters"]:
    """The Unicode code points of `text`."""
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def text(points: UInt32[np.ndarray, " characters"]) -> str:
    """The characters whose code points are `points`."""
    return points.astype("<u4").tobytes().decode("utf-32-le")


def count_characters(words: pl.Series) -> Int64[np.ndarray, " unicode"]:
    """How often each of the 1,114,112 code points of Unicode occurs in `words`."""
    counts = np.zeros(UNICODE, np.int64)
    for _, found in slices(words):
        part = np.bincount(found)
        counts[: len(part)] += part
    return counts
