"""Words known to be new, against sums over every word that a model can make."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.ascending import LETTERS, MODEL, POSSIBLE, PROBABILITY
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import Index
from moregrad.evaluation.novelty import Listed, mass_on, too_little_left
from moregrad.evaluation.surprisal import word_nats

LISTS = st.lists(st.sampled_from(POSSIBLE), max_size=12)


def listed(words: list[str]) -> Listed:
    encoded = EncodedWords.of(words, LETTERS)
    return Listed.of(word_nats(MODEL, encoded), encoded)


def test_the_model_makes_these_words_and_no_others():
    assert sum(PROBABILITY.values()) == pytest.approx(1)


@given(LISTS)
def test_the_mass_is_that_of_the_distinct_words(words: list[str]):
    expected = sum(PROBABILITY[word] for word in set(words))
    assert mass_on(MODEL, EncodedWords.of(words, LETTERS)) == pytest.approx(expected, abs=1e-6)
    assert listed(words).counts.sum() == len(words)


@given(LISTS.filter(lambda words: set(words) != set(POSSIBLE)))
def test_probabilities_given_new_sum_to_one(words: list[str]):
    rest = listed(words).log_rest
    new = set(POSSIBLE) - set(words)
    assert sum(PROBABILITY[word] / math.exp(rest) for word in new) == pytest.approx(1, abs=1e-5)


@given(LISTS, LISTS)
def test_listed_words_are_found_again(words: list[str], others: list[str]):
    found = listed(words).holds(EncodedWords.of([*others, "cab"], LETTERS))
    assert found.tolist() == [word in set(words) for word in [*others, "cab"]]


def test_what_float32_cannot_tell_from_nothing_is_no_number():
    assert math.isnan(listed(POSSIBLE).log_rest)
    hashes, one = np.arange(1, dtype=np.uint64), np.ones(1, int)
    for mass, resolved in ((0.99, True), (0.9995, False), (1.0, False), (1 + 1e-7, False), (math.nan, False)):
        assert math.isfinite(Listed(hashes, one, math.log(mass)).log_rest) == resolved
    assert "puts 99.950% of its probability" in too_little_left(0.9995)
    assert "puts 100.000% of its probability" in too_little_left(1 + 1e-7)


def test_words_too_improbable_for_a_float_keep_their_logarithm():
    words = EncodedWords.of(["a", "b"], LETTERS)
    found = Listed.of(np.array([2000.0, 2000.0]), words)
    assert (found.mass, found.log_mass, found.log_rest) == (0, pytest.approx(math.log(2) - 2000), 0)


def test_an_estimated_mass_belongs_to_the_same_words():
    words = EncodedWords.of(["a", "b", "a"], LETTERS)
    found, exact = Listed.estimated(0.25, Index(words)), Listed.of(word_nats(MODEL, words), words)
    assert found.mass == pytest.approx(0.25)
    assert (found.hashes.tolist(), found.counts.tolist()) == (exact.hashes.tolist(), exact.counts.tolist())
    assert Listed.estimated(0.0, Index(words)).log_rest == 0
