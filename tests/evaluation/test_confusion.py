"""Accuracy counted, with its standard error."""

import math

import numpy as np
import pytest

from moregrad.evaluation.confusion import Accuracy

COUNTED = Accuracy(
    ("a", "b", "c"),
    np.array([[8, 1, 0, 1], [0, 10, 0, 0], [0, 0, 0, 0]]),
    np.array([2, 0, 3]),
    np.array([0.5, 0.5, 0.0]),
)


def test_shares_are_those_of_the_words_classified():
    assert COUNTED.words.tolist() == [10, 10, 0]
    assert COUNTED.by_list[:2].tolist() == [0.8, 1.0]
    assert math.isnan(COUNTED.by_list[2])


def test_standard_errors_leave_doubt_where_all_are_right():
    share = np.array([9 / 12, 11 / 12])
    assert COUNTED.standard_errors[:2] == pytest.approx(np.sqrt(share * (1 - share) / 10))


def test_the_accuracy_over_all_is_weighted_by_the_prior():
    pair = Accuracy(("a", "b"), COUNTED.counts[:2, [0, 1, 3]], COUNTED.excluded[:2], np.array([0.25, 0.75]))
    assert pair.overall == pytest.approx(0.25 * 0.8 + 0.75)
    first, second = pair.standard_errors
    assert pair.standard_error == pytest.approx(math.hypot(0.25 * first, 0.75 * second))
    assert pair.chance == 0.75


def test_the_standard_error_agrees_with_repeated_draws():
    drawn = np.random.default_rng(0).binomial(200, 0.9, size=4000)
    counts = np.array([[180, 20, 0], [20, 180, 0]])
    told = Accuracy(("a", "b"), counts, np.zeros(2, int), np.array([0.5, 0.5])).standard_errors[0]
    assert told == pytest.approx(np.std(drawn / 200), rel=0.05)


def test_a_list_without_words_has_no_accuracy():
    facts = COUNTED.to_dict()
    assert facts["accuracy"] is None
    assert facts["lists"]["c"] == {
        "words": 0,
        "excluded": 3,
        "accuracy": None,
        "standard_error": None,
        "classified_as": {"a": 0, "b": 0, "c": 0, "(none)": 0},
    }


def test_the_table_has_a_column_for_each_list_and_one_for_words_that_none_can_have_made():
    heading, first, *_, last = str(COUNTED).splitlines()
    assert heading.split("  ")[-1].strip() == "as (none)"
    assert first.split() == ["a", "10", "2", "0.8000", "0.1369", "8", "1", "0", "1"]
    assert last == "left out: held-out words that one of the models was trained on"


def test_of_many_lists_the_commonest_mistakes_are_named():
    counts = np.diag([5] * 20)
    counts[3, 4] = 2
    names = tuple(f"n{index}" for index in range(20))
    many = Accuracy(names, np.pad(counts, ((0, 0), (0, 1))), np.zeros(20, int), np.full(20, 0.05))
    assert str(many).endswith("most often mistaken: n3 as n4 (2)")
