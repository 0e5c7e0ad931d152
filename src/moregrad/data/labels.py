"""Labels of words: each is a character that stands before the word, and that no reader ever sees.

A label is the first symbol of a word: a private-use character, U+E000 for the first label, U+E001 for the second, and
so on. So a model of any kind is conditioned on it without knowing what it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from jaxtyping import Int

from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import DataError
from moregrad.suggestion import nearest

FIRST = 0xE000
PRIVATE = r"[\x{E000}-\x{F8FF}]"
MOST = 1_000
WORDS = 2
"""The fewest words to a label, on average."""
SHOWN = 12


@dataclass(frozen=True)
class Labels:
    """The labels of a list by name, in code point order; the symbol of label i is U+E000 + i."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, words: pl.Series, labels: pl.Series, column: object) -> "Labels":
        """Collects the labels of a list, one for each word.

        Raises DataError for more than 1,000, or hardly fewer than words, and for words with private-use characters.
        """
        names = tuple(labels.unique().sort().to_list())
        if len(names) > MOST or len(names) * WORDS > max(words.n_unique(), WORDS):
            raise DataError(
                f"column {column!r:.60} has {len(names):,} labels for {words.n_unique():,} words, such as "
                f"{names[0]!r:.40}; a label is one of at most {MOST:,}, and of at least {WORDS} words each on "
                "average: give a column of few values, such as a gender, an origin or a kind"
            )
        private = words.filter(words.str.contains(PRIVATE))
        if len(private):
            raise DataError(
                f"{len(private):,} words hold private-use characters, which stand for labels, such as "
                f"{private[0]!a:.60}; take these words out, or train without --label"
            )
        return cls(names)

    @property
    def symbols(self) -> str:
        """The characters that stand for the labels."""
        return "".join(chr(FIRST + index) for index in range(len(self.names)))

    def index(self, name: str) -> int:
        """Returns the place of a label; raises DataError, with those there are, for one that does not exist."""
        if name in self.names:
            return self.names.index(name)
        listed = ", ".join(map(repr, self.names[:SHOWN])) + (", ..." if len(self.names) > SHOWN else "")
        raise DataError(f"there is no label {name!r:.60}; did you mean {nearest(name, self.names)!r}? Give {listed}")

    def symbol(self, name: str) -> str:
        """Returns the character of a label; raises DataError for one that does not exist."""
        return chr(FIRST + self.index(name))

    def mark(self, words: pl.Series, labels: pl.Series) -> pl.Series:
        """Returns words with the symbols of their `labels` before them."""
        symbols = labels.replace_strict(list(self.names), list(self.symbols), return_dtype=pl.String)
        return pl.select(pl.concat_str(symbols, words).alias("word")).to_series()

    def extend(self, vocabulary: Vocabulary) -> Vocabulary:
        """Returns the characters of `vocabulary` and the symbols of the labels."""
        return Vocabulary("".join(sorted(vocabulary.characters + self.symbols)))

    def strip(self, vocabulary: Vocabulary) -> Vocabulary:
        """Returns the characters of `vocabulary` without the symbols of the labels."""
        return Vocabulary(vocabulary.characters.translate(dict.fromkeys(map(ord, self.symbols))))

    def ids(self, vocabulary: Vocabulary) -> Int[np.ndarray, " labels"]:
        """Returns the ids of the labels in a vocabulary that has them."""
        return vocabulary.ids(self.symbols).astype(np.int64)

    def readable(self, characters: Iterable[str]) -> list[str]:
        """Returns characters as people may see them: the name of a label in place of its symbol."""
        return [self._by_symbol.get(character, character) for character in characters]

    @cached_property
    def _by_symbol(self) -> dict[str, str]:
        return dict(zip(self.symbols, self.names, strict=True))
