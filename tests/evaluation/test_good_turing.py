"""Calibrated probabilities, against their formula and against sums over every word that a model can make."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.ascending import LETTERS, MODEL, POSSIBLE, PROBABILITY
from moregrad.data.encoded_words import EncodedWords
from moregrad.evaluation.good_turing import calibrate, has_repeats, new_share
from moregrad.evaluation.novelty import Listed
from moregrad.evaluation.surprisal import word_nats

LISTS = st.lists(st.sampled_from(POSSIBLE), min_size=2, max_size=12)


def listed(words: list[str]) -> Listed:
    encoded = EncodedWords.of(words, LETTERS)
    return Listed.of(word_nats(MODEL, encoded), encoded)


def probabilities(words: list[str], trained: list[str]) -> list[float]:
    encoded = EncodedWords.of(words, LETTERS)
    return np.exp(-calibrate(word_nats(MODEL, encoded), encoded, listed(trained))).tolist()


def test_new_and_known_words_get_what_the_formula_says():
    trained = ["a", "a", "a", "ab", "b", "b", "c", "ac"]  # three of eight words occur once
    mass = sum(PROBABILITY[word] for word in set(trained))
    known = 5 / 8 * (0.7 * PROBABILITY["a"] / mass + 0.3 * 3 / 8)
    assert probabilities(["a", "bc"], trained) == pytest.approx([known, 3 / 8 * PROBABILITY["bc"] / (1 - mass)])


@given(LISTS.filter(lambda words: len(set(words)) < min(len(words), len(POSSIBLE))))
def test_probabilities_sum_to_one(trained: list[str]):
    assert has_repeats(listed(trained))
    assert sum(probabilities(POSSIBLE, trained)) == pytest.approx(1, abs=1e-5)


def test_where_every_word_is_repeated_new_ones_keep_a_share():
    trained = ["a", "a", "b", "b"]
    assert new_share(listed(trained)) == 1 / 4
    assert sum(probabilities(POSSIBLE, trained)) == pytest.approx(1, abs=1e-6)


def test_a_list_of_distinct_words_has_no_repeats():
    assert not has_repeats(listed(POSSIBLE))
    assert not has_repeats(listed([]))


def test_a_known_word_that_the_model_holds_impossible_has_its_counts():
    trained = ["ba", "ba", "a"]
    assert probabilities(["ba"], trained) == pytest.approx([2 / 3 * 0.3 * 2 / 3])
    assert math.isfinite(listed(["ba", "ba"]).log_rest)
    assert probabilities(["ba"], ["ba", "ba"]) == pytest.approx([1 / 2 * 0.3])


def test_words_too_improbable_for_a_float_are_told_apart():
    words = EncodedWords.of(["a", "b"], LETTERS)
    nats = np.array([2000.0, 2000.0 + math.log(3)])
    trained = Listed(listed(["a", "b"]).hashes, np.array([2, 2]), float(np.logaddexp.reduce(-nats)))
    assert np.exp(-calibrate(nats, words, trained)) == pytest.approx(
        [3 / 4 * (0.7 * 3 / 4 + 0.15), 3 / 4 * (0.7 / 4 + 0.15)]
    )
