"""A list of words as one array of tokens."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from jaxtyping import Bool, Int, UInt

from moregrad.data.code_points import code_points, series, slices, text
from moregrad.data.vocabulary import UNKNOWN, Vocabulary


@dataclass(frozen=True, eq=False)
class EncodedWords:
    """Encoded words, one after the other, each preceded by the boundary 0 and the last one followed by it.

    `. e m m a . o l i v i a .` is the encoded of emma and olivia: 13 tokens, 12 predictions. Prediction k asks for
    `tokens[k + 1]` given everything from the last boundary up to and including `tokens[k]`. One to four bytes a
    character and nothing else, whatever the length of the list.
    """

    tokens: UInt[np.ndarray, " length"]

    @classmethod
    def of(cls, words: pl.Series | Iterable[str], vocabulary: Vocabulary) -> "EncodedWords":
        """The encoded of `words`; raises AlphabetError for a character outside the vocabulary."""
        words = series(words)
        tokens = np.zeros(len(words) + int(words.str.len_chars().sum()) + 1, vocabulary.dtype)
        place = 0
        for part, joined in slices(words):
            ids = vocabulary.ids(joined)
            ends = np.cumsum(part.str.len_chars().to_numpy(), dtype=np.int64)
            if UNKNOWN in ids:
                vocabulary.encode(part[int(np.searchsorted(ends, np.argmin(ids), side="right"))])
            stretch = len(part) + len(ids)
            tokens[place : place + stretch][_inside(ends)] = ids
            place += stretch
        return cls(tokens)

    @cached_property
    def starts(self) -> Int[np.ndarray, " words"]:
        """Where on the encoded each word's opening boundary stands."""
        return np.flatnonzero(self.tokens[:-1] == 0)

    @cached_property
    def lengths(self) -> Int[np.ndarray, " words"]:
        """Characters in each word, boundaries not counted."""
        return np.diff(self.starts, append=len(self.tokens) - 1) - 1

    @property
    def predictions(self) -> int:
        """How many tokens there are to predict: every character and one end per word."""
        return len(self.tokens) - 1

    @property
    def longest(self) -> int:
        """Characters in the longest word; 0 for an empty encoded."""
        return int(self.lengths.max(initial=0))

    def first(self, count: int) -> "EncodedWords":
        """The encoded of the first `count` words."""
        return self if count >= len(self) else EncodedWords(self.tokens[: self.starts[count] + 1])

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.starts)

    def words(self, vocabulary: Vocabulary) -> pl.Series:
        """The words that were encoded."""
        if len(self) == 0:
            return pl.Series("word", [], dtype=pl.String)
        comma = next(mark for mark in map(chr, range(len(vocabulary))) if mark not in vocabulary.characters)
        tokens = code_points(comma + vocabulary.characters)
        return pl.Series("word", [text(tokens[self.tokens[1:-1]])]).str.split(comma).explode()


def _inside(ends: Int[np.ndarray, " words"]) -> Bool[np.ndarray, " length"]:
    """False where a boundary opens a word, else true; `ends` counts the characters up to the end of each word."""
    inside = np.ones(len(ends) + int(ends[-1]), bool)
    inside[np.arange(len(ends)) + np.concatenate([[0], ends[:-1]])] = False
    return inside
