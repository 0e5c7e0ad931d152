"""Characters to integers and back; the boundary token has id 0."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import SupportsIndex

import numpy as np
import polars as pl
from jaxtyping import Int32, UInt, UInt32

from moregrad.data.code_points import count_characters, from_code_points, to_code_points
from moregrad.data.word_list import to_series
from moregrad.errors import AlphabetError

BOUNDARY = 0
BOUNDARY_CHARACTER = "."
UNKNOWN = -1


@dataclass(frozen=True)
class Vocabulary:
    """The distinct characters of a list in code point order; character i has id i + 1.

    Id 0 is the boundary that stands before the first and after the last character of a word.
    """

    characters: str

    def __post_init__(self) -> None:
        if list(self.characters) != sorted(set(self.characters)):
            raise AlphabetError(f"{self.quoted} must hold distinct characters in code point order")
        if any("\ud800" <= character <= "\udfff" for character in self.characters):
            raise AlphabetError(f"{self.quoted} holds a surrogate, which is no character")

    @classmethod
    def of(cls, words: pl.Series | Iterable[str]) -> "Vocabulary":
        """Collects the characters that occur in `words`."""
        found = np.flatnonzero(count_characters(to_series(words)))
        return cls(from_code_points(found.astype(np.uint32)))

    def __len__(self) -> int:
        """The number of ids, including the boundary."""
        return len(self.characters) + 1

    @cached_property
    def dtype(self) -> np.dtype:
        """The smallest unsigned integer type that holds every id."""
        return np.min_scalar_type(len(self) - 1)

    @cached_property
    def points(self) -> UInt32[np.ndarray, " characters"]:
        """The Unicode code points of the characters; id i + 1 has point i."""
        return to_code_points(self.characters)

    @cached_property
    def _table(self) -> Int32[np.ndarray, " points"]:
        """The id of every code point up to one past the largest; the last entry is UNKNOWN and serves all beyond it."""
        table = np.full(int(self.points.max(initial=0)) + 2, UNKNOWN, np.int32)
        table[self.points] = np.arange(1, len(self))
        return table

    def ids(self, text: str) -> Int32[np.ndarray, " length"]:
        """Returns the ids of the characters of `text`, -1 for a character outside the vocabulary."""
        return self._table.take(to_code_points(text), mode="clip")

    def encode(self, text: str) -> UInt[np.ndarray, " length"]:
        """Returns the ids of the characters of `text`; raises AlphabetError for a character outside the vocabulary."""
        ids = self.ids(text)
        if UNKNOWN in ids:
            raise AlphabetError(self._unknown(text, int(np.argmin(ids))))
        return ids.astype(self.dtype)

    def decode(self, ids: Iterable[SupportsIndex]) -> str:
        """Returns the characters of `ids`; the boundary prints as '.'."""
        characters = BOUNDARY_CHARACTER + self.characters
        return "".join(characters[i] for i in ids)

    def _unknown(self, text: str, index: int) -> str:
        found = f"{text[index]!r} at position {index + 1} of {text[:40]!r}"
        return f"{found} is not in the {self.quoted}"

    @property
    def quoted(self) -> str:
        """The vocabulary as errors quote it: whole if it is small, else its number of characters and the first 40."""
        count = len(self.characters)
        if count <= 80:
            return f"vocabulary {self.characters!r}"
        return f"vocabulary of {count:,} characters that begins with {self.characters[:40]!r}"


def to_nfc(word: str) -> str:
    """Composes `word` to Unicode's form NFC, in which every corpus and vocabulary is kept."""
    return unicodedata.normalize("NFC", word)
