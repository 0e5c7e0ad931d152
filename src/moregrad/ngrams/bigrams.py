"""Bigrams as the first lecture has them: a table of counts, probabilities, likelihood, and names drawn from it."""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
import polars as pl
from jaxtyping import Float, Int

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.pairs import count_pairs
from moregrad.data.vocabulary import BOUNDARY, BOUNDARY_CHARACTER, Vocabulary
from moregrad.data.word_list import to_series
from moregrad.errors import DataError
from moregrad.ngrams.pair_report import PairReport
from moregrad.text_table import Tabled, TextTable, show_character
from moregrad.torch_random import Generator, Multinomial

MOST_CHARACTERS = 10_000
"""Characters of a vocabulary whose table of pairs (800 MB) is still made."""

LONGEST = 10_000
"""Characters after which a name that has not ended never will."""

SHOWN = 10


@dataclass(frozen=True, eq=False, repr=False)
class Bigrams(Tabled):
    """Counts of the pairs of a list: row the character before, column the one after, [vocab vocab].

    Row and column 0, written '.', are the boundary: the start of a word as a row, its end as a column.
    """

    vocabulary: Vocabulary
    counts: Int[np.ndarray, "vocab vocab"]

    @classmethod
    def of(cls, words: pl.Series | Iterable[str], *, vocabulary: Vocabulary | None = None) -> "Bigrams":
        """Counts the pairs of `words`, over the characters that occur in them or those of a `vocabulary`.

        Raises AlphabetError for a character outside the vocabulary, DataError for one text in place of a list, and for
        a vocabulary of more than 10,000 characters.
        """
        words = to_series(words)
        vocabulary = vocabulary or Vocabulary.of(words)
        if len(vocabulary.characters) > MOST_CHARACTERS:
            raise DataError(
                f"a table of all pairs of {len(vocabulary.characters):,} characters does not fit in memory; at most "
                f"{MOST_CHARACTERS:,} are allowed: the model ngram with order=2 counts only pairs that occur"
            )
        first, second, count = (column.to_numpy() for column in count_pairs(EncodedWords.of(words, vocabulary)))
        counts = np.zeros((len(vocabulary), len(vocabulary)), np.int64)
        counts[first, second] = count
        return cls(vocabulary, counts)

    @classmethod
    def uniform(cls, characters: str) -> "Bigrams":
        """Holds every pair of `characters` and the boundary equally likely: what guessing costs, ln(vocab) nats."""
        vocabulary = Vocabulary(characters.removeprefix(BOUNDARY_CHARACTER))
        return cls(vocabulary, np.ones((len(vocabulary), len(vocabulary)), np.int64))

    @property
    def characters(self) -> str:
        """The labels of rows and columns: '.' for the boundary, then the characters in code point order."""
        return BOUNDARY_CHARACTER + self.vocabulary.characters

    def pairs(self, *, start: str = BOUNDARY_CHARACTER, end: str = BOUNDARY_CHARACTER) -> dict[str, int]:
        """Returns the count of every pair that occurs, the most frequent first.

        `start` and `end` are the marks that stand for the boundary: '<' and '>' make '<a' and 'n>' of '.a' and 'n.'.
        Raises DataError for a mark that is a character of the list.
        """
        rows, columns = self._label(start, end)
        flat = self.counts.ravel()
        order = np.argsort(-flat, kind="stable")[: np.count_nonzero(flat)]
        firsts, seconds = (each.tolist() for each in np.divmod(order, len(self.vocabulary)))
        return {rows[a] + columns[b]: count for a, b, count in zip(firsts, seconds, flat[order].tolist(), strict=True)}

    def probabilities(self, smoothing: float = 0) -> Float[np.ndarray, "vocab vocab"]:
        """Returns the probability of each character (column) after each (row), float64; rows add up to one.

        `smoothing` is added to every count before. Raises DataError for a negative or infinite one, and for a row
        without counts, which has no probabilities unless it is smoothed.
        """
        if not 0 <= smoothing < math.inf:
            raise DataError(f"smoothing is {smoothing}; it must be 0 or more and finite; it is added to every count")
        smoothed = self.counts + float(smoothing)
        totals = smoothed.sum(axis=1, keepdims=True)
        if empty := np.flatnonzero(totals == 0).tolist():
            listed = ", ".join(repr(self.characters[row]) for row in empty[:SHOWN])
            raise DataError(f"nothing was counted after {listed}, so no probabilities follow; use a smoothing above 0")
        return smoothed / totals

    def labelled(
        self, matrix: np.ndarray, *, start: str = BOUNDARY_CHARACTER, end: str = BOUNDARY_CHARACTER
    ) -> pl.DataFrame:
        """Returns a [vocab vocab] matrix with its labels: a column `before`, then one for each character after it.

        The matrix is `counts`, `counts + 1`, or probabilities; `start` and `end` are the marks for the boundary, as for
        `pairs`.
        """
        rows, columns = self._label(start, end)
        return pl.DataFrame({"before": rows, **{name: matrix[:, index] for index, name in enumerate(columns)}})

    def report(self, words: pl.Series | Iterable[str], smoothing: float = 0) -> PairReport:
        """Returns the probability, log likelihood and negative log likelihood of every pair of `words`.

        Raises AlphabetError for a character outside the vocabulary.
        """
        encoded = EncodedWords.of(words, self.vocabulary)
        return PairReport(encoded, self.characters, self.probabilities(smoothing), smoothing)

    def sample(self, count: int, seed: int = 0, smoothing: float = 0, *, draw: Multinomial | None = None) -> list[str]:
        """Draws `count` names from the table, none of them empty; the same for the same seed.

        `draw` draws from torch's generator, seeded by `seed`, as one of the three ways of `torch.multinomial` in
        `moregrad.torch_random`, so that the names are those of PyTorch. Raises DataError if names never begin or end.
        """
        for name, number in (("count", count), ("seed", seed)):
            if number < 0:
                raise DataError(f"{name} is {number}; it must be 0 or more")
        probabilities = self.probabilities(smoothing)
        if probabilities[BOUNDARY, BOUNDARY] == 1:
            raise DataError("every word of the list is empty, and so no name begins; count words with characters")
        following = _from_numpy(probabilities, seed) if draw is None else _from_torch(probabilities, seed, draw)
        return list(islice(filter(None, self._names(following)), count))

    def _label(self, start: str, end: str) -> tuple[list[str], list[str]]:
        """Returns the labels of rows and of columns, with these marks for the boundary."""
        for mark in (start, end):
            if mark in self.vocabulary.characters:
                raise DataError(f"the mark {mark!r} is a character of the list; give other marks as start and end")
        return [start, *self.vocabulary.characters], [end, *self.vocabulary.characters]

    def _names(self, following: Callable[[int], int]) -> Iterator[str]:
        while True:
            yield self.vocabulary.decode(_tokens(following))

    @cached_property
    def _top(self) -> Mapping[str, int]:
        return dict(islice(self.pairs().items(), SHOWN))

    def table(self) -> TextTable:
        """Returns the most frequent pairs."""
        rows = [("".join(map(show_character, pair)), times) for pair, times in self._top.items()]
        distinct = int(np.count_nonzero(self.counts))
        note = (
            f"{distinct:,} kinds of {self.counts.size:,}; {int(self.counts.sum()):,} pairs of {len(self.vocabulary):,}"
        )
        return TextTable(("pair", "count"), rows, [f"{note} characters, the boundary '.' included"])


def _tokens(following: Callable[[int], int]) -> Iterator[int]:
    token = BOUNDARY
    for _ in range(LONGEST):
        token = following(token)
        if token == BOUNDARY:
            return
        yield token
    raise DataError(f"a name has not ended after {LONGEST:,} characters; use a smoothing above 0, so that it may")


def _from_numpy(probabilities: Float[np.ndarray, "vocab vocab"], seed: int) -> Callable[[int], int]:
    uniform, cumulative = np.random.default_rng(seed).random, np.cumsum(probabilities, axis=1)
    bounds = (cumulative / cumulative[:, -1:]).tolist()
    return lambda token: bisect_right(bounds[token], uniform())


def _from_torch(probabilities: Float[np.ndarray, "vocab vocab"], seed: int, draw: Multinomial) -> Callable[[int], int]:
    generator, rows = Generator(seed), probabilities.astype(np.float32)
    return lambda token: draw(generator, rows[token])
