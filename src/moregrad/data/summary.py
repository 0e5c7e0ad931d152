"""A summary of a word list: counts of words, lengths, characters and pairs."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from moregrad.data.code_points import count_characters
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.pairs import count_pairs
from moregrad.data.vocabulary import BOUNDARY_CHARACTER, Vocabulary

PAIRS = 20


@dataclass(frozen=True)
class Summary:
    """Counts of words, lengths, characters and pairs of adjacent tokens.

    `lengths` and `alphabet` are in order of length and code point; `pairs` are the most common with their counts, in
    descending order, with '.' for the boundary before and after a word.
    """

    count: int
    distinct: int
    characters: int
    shortest: str
    longest: str
    lengths: dict[int, int]
    alphabet: dict[str, int]
    pairs: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, words: pl.Series, vocabulary: Vocabulary) -> "Summary":
        """Summarises `words`, all of whose characters are in `vocabulary`."""
        lengths = words.str.len_chars().to_numpy()
        counts = count_characters(words)[vocabulary.points]
        return cls(
            count=len(words),
            distinct=words.n_unique(),
            characters=int(counts.sum()),
            shortest=words[int(lengths.argmin())],
            longest=words[int(lengths.argmax())],
            lengths={length: count for length, count in enumerate(np.bincount(lengths).tolist()) if count},
            alphabet=dict(zip(vocabulary.characters, counts.tolist(), strict=True)),
            pairs=_most_common_pairs(EncodedWords.of(words, vocabulary), vocabulary),
        )

    def to_dict(self) -> dict[str, Any]:
        """Returns all counts as JSON data; the keys of `lengths` become text."""
        lengths = {str(length): count for length, count in self.lengths.items()}
        return {**vars(self), "lengths": lengths, "alphabet": dict(self.alphabet), "pairs": list(map(list, self.pairs))}


def _most_common_pairs(encoded: EncodedWords, vocabulary: Vocabulary) -> tuple[tuple[str, int], ...]:
    characters = BOUNDARY_CHARACTER + vocabulary.characters
    found = count_pairs(encoded).head(PAIRS).iter_rows()
    return tuple((characters[first] + characters[second], count) for first, second, count in found)
