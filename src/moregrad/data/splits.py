"""Splits of a corpus by whole words into train, validation and test."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from numbers import Integral
from random import Random

import numpy as np
import polars as pl
from jaxtyping import Int

from moregrad.configuration import shorten
from moregrad.data.corpus import Corpus
from moregrad.data.hashed_split import hash_text, part_of
from moregrad.errors import DataError
from moregrad.suggestion import nearest
from moregrad.torch_random import Generator

LEAST_WORDS = 10
LECTURE_SEED = 42
MAKEMORE_SEED = 3407
MAKEMORE_TEST = 1000


@dataclass(frozen=True)
class Leakage:
    """Counts of validation and test words that are in train as well; both are 0 in the default split."""

    validation: int
    test: int

    def to_dict(self) -> dict[str, int]:
        """Returns both counts as JSON data."""
        return {"validation": self.validation, "test": self.test}


@dataclass(frozen=True, eq=False)
class Splits:
    """Three parts of a corpus; `how` names the method that split it, `rows` are those of the corpus in each part."""

    train: pl.Series
    validation: pl.Series
    test: pl.Series
    how: str
    rows: "Parts"

    @cached_property
    def leakage(self) -> Leakage:
        """Counts of held-out words that are trained on."""
        return Leakage(_count_shared(self.validation, self.train), _count_shared(self.test, self.train))


Part = Int[np.ndarray, " _"]
Parts = tuple[Part, Part, Part]


@dataclass(frozen=True)
class Method:
    """A way to split a list into rows, and whether it is defined for the list with its repeated words."""

    description: str
    with_repeats: bool
    split: Callable[[Corpus, int], Parts]


def split(corpus: Corpus, how: str = "words", *, seed: int = 0) -> Splits:
    """Splits a corpus by one of METHODS; `words` and `hash` depend on `seed`, the others have seeds of their own.

    Raises DataError for fewer than ten distinct words, for a seed that is not a whole number of 0 or more, and for a
    corpus without its repeated words where the method is defined for the list with them.
    """
    check_method(how)
    if not isinstance(seed, Integral) or seed < 0:
        raise DataError(f"seed {shorten(seed)}: must be a whole number of 0 or more")
    if len(corpus.distinct) < LEAST_WORDS:
        raise DataError(too_short(corpus.source, len(corpus.distinct)))
    if METHODS[how].with_repeats and corpus.report.duplicate.count:
        raise DataError(
            f"the {how} split is defined for the list with its repeated words; read it with keep_duplicates"
        )
    rows = METHODS[how].split(corpus, seed)
    train, validation, test = (corpus.words.gather(part) for part in rows)
    return Splits(train, validation, test, how, rows)


def check_method(how: str) -> None:
    """Raises DataError if `how` is none of METHODS."""
    if not isinstance(how, str):
        raise DataError(f"{how!r:.60} is no split; give one of {', '.join(METHODS)}")
    if how not in METHODS:
        raise DataError(f"there is no split {how!r}; did you mean {nearest(how, METHODS)!r}? Give {', '.join(METHODS)}")


def _by_words(corpus: Corpus, seed: int) -> Parts:
    """80, 10 and 10 % of the distinct words in random order; all copies of a repeated word go to the same part."""
    parts = _cut(_permutation(len(corpus.distinct), seed))
    if corpus.distinct is corpus.words:
        return parts
    # Lists with labels are often sorted by them, and the first words of a part stand for all of it.
    order = np.arange(len(corpus)) if corpus.word_labels is None else _permutation(len(corpus), seed)
    words = (corpus.distinct.gather(part) for part in parts)
    train, validation, test = (order[corpus.words.is_in(part.implode()).to_numpy()[order]] for part in words)
    return train, validation, test


def _as_lecture(corpus: Corpus, seed: int) -> Parts:
    """80, 10 and 10 % of the list after Python's `random.seed(42); random.shuffle(words)`."""
    order = array("q", range(len(corpus)))
    Random(LECTURE_SEED).shuffle(order)
    return _cut(np.array(order, np.int64))


def _as_makemore(corpus: Corpus, seed: int) -> Parts:
    """The test words of makemore.py at its default seed, at most 1,000, both as validation and as test."""
    held_out = min(MAKEMORE_TEST, int(len(corpus) * 0.1))
    order = Generator(MAKEMORE_SEED).randperm(len(corpus))
    return order[:-held_out], order[-held_out:], order[-held_out:]


def _by_hash(corpus: Corpus, seed: int) -> Parts:
    """80, 10 and 10 % of the words by the hash of each, in the order of their hashes."""
    hashes = hash_text(corpus.words)
    order = np.argsort(hashes, kind="stable")
    part = part_of(hashes[order], seed=seed)
    train, validation, test = (order[part == number] for number in range(3))
    if not (len(train) and len(validation) and len(test)):
        raise DataError(f"{corpus.source} has too few words to be split by their hashes; give more, or split by words")
    return train, validation, test


METHODS = {
    "words": Method("80/10/10 of the distinct words, always shuffled in the same way: nothing leaks", False, _by_words),
    "hash": Method(
        "about 80/10/10, each word by its own hash: the same whatever the order and the files of a list",
        False,
        _by_hash,
    ),
    "lecture": Method("80/10/10 of the list with repeats, shuffled as in the lectures", True, _as_lecture),
    "makemore": Method(
        "the test words of makemore.py, 1,000 or a tenth of a shorter list, which validates on them as well",
        True,
        _as_makemore,
    ),
}


def _cut(order: Part) -> Parts:
    first, second = int(0.8 * len(order)), int(0.9 * len(order))
    return order[:first], order[first:second], order[second:]


def _permutation(count: int, seed: int) -> Int[np.ndarray, " count"]:
    """Returns a permutation that will never change: NumPy has frozen RandomState, and may change Generator."""
    return np.random.RandomState(np.random.PCG64(seed)).permutation(count)


def _count_shared(held_out: pl.Series, train: pl.Series) -> int:
    return int(held_out.is_in(train.filter(train.is_in(held_out.implode())).implode()).sum())


def too_short(name: str, distinct: int) -> str:
    """Says that a list has too few words that differ."""
    return f"{name} has {distinct} different words, too few for three splits; give at least {LEAST_WORDS}"
