"""A corpus in three parts, by whole words: train, validation, test."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from random import Random

import numpy as np
import polars as pl
from jaxtyping import Int

from moregrad.data.corpus import Corpus
from moregrad.data.suggestion import nearest
from moregrad.data.torch_stream import TorchWords, randperm
from moregrad.errors import DataError

LEAST_WORDS = 10
LECTURE_SEED = 42
MAKEMORE_SEED = 3407
MAKEMORE_TEST = 1000


@dataclass(frozen=True)
class Leakage:
    """How many words of validation and of test stand in train as well; both are 0 in the default split."""

    validation: int
    test: int


@dataclass(frozen=True, eq=False)
class Splits:
    """Three parts of a corpus; `how` names the way it was parted."""

    train: pl.Series
    validation: pl.Series
    test: pl.Series
    how: str

    @cached_property
    def leakage(self) -> Leakage:
        """How many held-out words the model is trained on."""
        return Leakage(_shared(self.validation, self.train), _shared(self.test, self.train))


Parts = tuple[pl.Series, pl.Series, pl.Series]


@dataclass(frozen=True)
class Method:
    """A way to part a list, and whether it is defined for the list with its repeated words."""

    description: str
    with_repeats: bool
    part: Callable[[pl.Series, int], Parts]


def split(corpus: Corpus, how: str = "words", *, seed: int = 0) -> Splits:
    """Parts a corpus in one of the ways of METHODS; only `words` depends on `seed`, the seeds of the others are history.

    Raises DataError for a list of fewer than ten distinct words, and for a list without its repeated words where the
    method is defined for the list with them.
    """
    if how not in METHODS:
        raise DataError(f"there is no split {how!r}; did you mean {nearest(how, METHODS)!r}? Give {', '.join(METHODS)}")
    distinct = corpus.words.n_unique()
    if distinct < LEAST_WORDS:
        raise DataError(f"{corpus.source} has {distinct} distinct words; three splits need {LEAST_WORDS}, so add words")
    if METHODS[how].with_repeats and corpus.report.duplicate.count:
        raise DataError(f"the {how} split is defined for the list with its repeated words; read it with keep_duplicates")
    return Splits(*METHODS[how].part(corpus.words, seed), how)


def part_by_words(words: pl.Series, seed: int) -> Parts:
    """80, 10 and 10 % of the distinct words in random order; where repeated words were kept, all copies go together."""
    distinct = words.unique(maintain_order=True)
    parts = _cut(distinct, _shuffled(len(distinct), seed))
    if len(distinct) == len(words):
        return parts
    return tuple(words.filter(words.is_in(part.implode())) for part in parts)


def part_as_lecture(words: pl.Series, seed: int) -> Parts:
    """80, 10 and 10 % of the list after Python's `random.seed(42); random.shuffle(words)`."""
    order = np.arange(len(words))
    Random(LECTURE_SEED).shuffle(memoryview(order))
    return _cut(words, order)


def part_as_makemore(words: pl.Series, seed: int) -> Parts:
    """The test words of makemore.py with its default seed, at most 1,000, as validation and as test; the rest as train."""
    held_out = min(MAKEMORE_TEST, int(len(words) * 0.1))
    order = randperm(TorchWords(MAKEMORE_SEED), len(words))
    test = words.gather(order[-held_out:])
    return words.gather(order[:-held_out]), test, test


METHODS = {
    "words": Method("80/10/10 of the distinct words, shuffled by the seed: nothing leaks", False, part_by_words),
    "lecture": Method("80/10/10 of the list with repeats, shuffled as in the lectures", True, part_as_lecture),
    "makemore": Method("the 1,000 test words of makemore.py, which validates on them as well", True, part_as_makemore),
}


def _cut(words: pl.Series, order: Int[np.ndarray, " words"]) -> Parts:
    first, second = int(0.8 * len(order)), int(0.9 * len(order))
    return words.gather(order[:first]), words.gather(order[first:second]), words.gather(order[second:])


def _shuffled(count: int, seed: int) -> Int[np.ndarray, " count"]:
    """A permutation that stays the same for ever: NumPy freezes the stream of PCG64, but not its own `permutation`."""
    return np.argsort(np.random.PCG64(seed).random_raw(count), kind="stable")


def _shared(held_out: pl.Series, train: pl.Series) -> int:
    return int(held_out.is_in(train.filter(train.is_in(held_out.implode())).implode()).sum())
