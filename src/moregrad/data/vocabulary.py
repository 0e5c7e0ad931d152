"""Characters to integers and back; the boundary symbol has id 0."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Int

from moregrad.errors import AlphabetError

BOUNDARY = 0
BOUNDARY_SYMBOL = "."


@dataclass(frozen=True)
class Vocabulary:
    """The distinct characters of a list in code point order; character i has id i + 1.

    Id 0 is the boundary that stands before the first and after the last character of a word.
    """

    characters: str

    def __post_init__(self) -> None:
        if list(self.characters) != sorted(set(self.characters)):
            raise AlphabetError(f"vocabulary {self.characters!r} must hold distinct characters in code point order")

    @classmethod
    def of(cls, words: Iterable[str]) -> "Vocabulary":
        """The vocabulary of all characters that occur in `words`."""
        return cls("".join(sorted(set().union(*words))))

    def __len__(self) -> int:
        """How many ids there are, the boundary counted."""
        return len(self.characters) + 1

    def __contains__(self, word: str) -> bool:
        return set(word) <= self._known

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.characters)

    @cached_property
    def _points(self) -> Int[np.ndarray, " characters"]:
        return np.frombuffer(self.characters.encode("utf-32-le"), np.uint32)

    @cached_property
    def dtype(self) -> np.dtype:
        """The smallest unsigned integer type that holds every id."""
        return np.min_scalar_type(len(self) - 1)

    def encode(self, text: str) -> Int[np.ndarray, " length"]:
        """Ids of the characters of `text`; raises AlphabetError for one outside the vocabulary."""
        points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        places = np.searchsorted(self._points, points)
        known = self._points.take(places, mode="clip") == points if len(self._points) else np.zeros(len(points), bool)
        if not known.all():
            raise AlphabetError(self._stranger(text, int(np.argmin(known))))
        return (places + 1).astype(self.dtype)

    def decode(self, ids: Iterable[int]) -> str:
        """The characters of `ids`; the boundary prints as '.'."""
        symbols = BOUNDARY_SYMBOL + self.characters
        return "".join(symbols[i] for i in ids)

    def _stranger(self, text: str, place: int) -> str:
        return (
            f"{text[place]!r} at position {place + 1} of {text[:40]!r} is not in the vocabulary {self.characters[:80]!r}"
        )
