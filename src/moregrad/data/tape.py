"""A list of words as one array of symbols."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Int


@dataclass(frozen=True, eq=False)
class Tape:
    """Encoded words, one after the other, each preceded by the boundary 0 and the last one followed by it.

    `. e m m a . o l i v i a .` is the tape of emma and olivia: 13 symbols, 12 predictions. Prediction k asks for
    `symbols[k + 1]` given everything from the last boundary up to and including `symbols[k]`. One to four bytes a
    character and nothing else, whatever the length of the list.
    """

    symbols: Int[np.ndarray, " length"]

    @cached_property
    def starts(self) -> Int[np.ndarray, " words"]:
        """Where on the tape each word's opening boundary stands."""
        return np.flatnonzero(self.symbols[:-1] == 0)

    @cached_property
    def lengths(self) -> Int[np.ndarray, " words"]:
        """Characters in each word, boundaries not counted."""
        return np.diff(self.starts, append=len(self.symbols) - 1) - 1

    @property
    def predictions(self) -> int:
        """How many symbols there are to predict: every character and one end per word."""
        return len(self.symbols) - 1

    @property
    def longest(self) -> int:
        """Characters in the longest word; 0 for an empty tape."""
        return int(self.lengths.max(initial=0))

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.starts)
