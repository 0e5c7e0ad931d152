"""A word list as one array of tokens."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import polars as pl
from jaxtyping import Bool, Int, UInt

from moregrad.data.code_points import from_code_points, join_slices, to_code_points
from moregrad.data.vocabulary import UNKNOWN, Vocabulary
from moregrad.data.word_list import to_series


@dataclass(frozen=True, eq=False)
class EncodedWords:
    """Words as token ids, one after the other, with the boundary 0 before each word and after the last.

    emma and olivia are encoded as `. e m m a . o l i v i a .`: 13 tokens, 12 predictions. Prediction k asks for
    `tokens[k + 1]` given the tokens from the last boundary up to and including `tokens[k]`. A character takes one to
    four bytes, and nothing else is stored.
    """

    tokens: UInt[np.ndarray, " length"]

    @classmethod
    def of(cls, words: pl.Series | Iterable[str], vocabulary: Vocabulary) -> "EncodedWords":
        """Encodes `words`; raises AlphabetError for a character outside the vocabulary."""
        words = to_series(words)
        tokens = np.zeros(len(words) + int(words.str.len_chars().sum()) + 1, vocabulary.dtype)
        start = 0
        for part, joined in join_slices(words):
            ids = vocabulary.ids(joined)
            ends = np.cumsum(part.str.len_chars().to_numpy(), dtype=np.int64)
            if UNKNOWN in ids:
                vocabulary.encode(part[int(np.searchsorted(ends, np.argmin(ids), side="right"))])
            stop = start + len(part) + len(ids)
            tokens[start:stop][_character_mask(ends)] = ids
            start = stop
        return cls(tokens)

    @classmethod
    def join(cls, parts: Iterable["EncodedWords"]) -> "EncodedWords":
        """Returns the words of all parts, of which there must be one, one after the other."""
        tokens = [part.tokens for part in parts]
        return cls(np.concatenate([*(each[:-1] for each in tokens), tokens[0][-1:]]))

    @cached_property
    def starts(self) -> Int[np.ndarray, " words"]:
        """The index of the boundary before each word."""
        return np.flatnonzero(self.tokens[:-1] == 0)

    @cached_property
    def lengths(self) -> Int[np.ndarray, " words"]:
        """Characters in each word."""
        return np.diff(self.starts, append=len(self.tokens) - 1) - 1

    @property
    def predictions(self) -> int:
        """The number of tokens to predict: every character and one end per word."""
        return len(self.tokens) - 1

    @property
    def longest(self) -> int:
        """Characters in the longest word; 0 if there are no words."""
        return int(self.lengths.max(initial=0))

    def first(self, count: int) -> "EncodedWords":
        """Returns the first `count` words."""
        return self if count >= len(self) else EncodedWords(self.tokens[: self.starts[count] + 1])

    def take(self, index: Int[np.ndarray, " chosen"]) -> "EncodedWords":
        """Returns the words numbered `index`, in this order."""
        sizes = self.lengths[index] + 1
        ends = np.cumsum(sizes)
        places = np.arange(sizes.sum()) + np.repeat(self.starts[index] - (ends - sizes), sizes)
        return EncodedWords(np.append(self.tokens[places], self.tokens[-1:]))

    def pieces(self) -> Iterator["EncodedWords"]:
        """Yields all words, as many at a time as memory is meant for: here all at once."""
        yield self

    def slices(self, most: int) -> Iterator["EncodedWords"]:
        """Yields all words, at most so many at a time."""
        bounds = np.append(self.starts[::most], len(self.tokens) - 1)
        return (EncodedWords(self.tokens[start : stop + 1]) for start, stop in pairwise(bounds))

    def __len__(self) -> int:
        """The number of words."""
        return len(self.starts)

    def words(self, vocabulary: Vocabulary) -> pl.Series:
        """Decodes the words."""
        if len(self) == 0:
            return pl.Series("word", [], dtype=pl.String)
        separator = next(mark for mark in map(chr, range(len(vocabulary))) if mark not in vocabulary.characters)
        points = to_code_points(separator + vocabulary.characters)
        return pl.Series("word", [from_code_points(points[self.tokens[1:-1]])]).str.split(separator).explode()


def _character_mask(ends: Int[np.ndarray, " words"]) -> Bool[np.ndarray, " length"]:
    """Marks the characters among the tokens of some words; `ends` counts the characters up to the end of each word."""
    mask = np.ones(len(ends) + int(ends[-1]), bool)
    mask[np.arange(len(ends)) + np.concatenate([[0], ends[:-1]])] = False
    return mask
