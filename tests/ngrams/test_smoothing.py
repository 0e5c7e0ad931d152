"""Smoothed probabilities: what the formulas say of small lists, and that they are probabilities."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.ngrams.counting import count_grams
from moregrad.ngrams.smoothing import FALLBACK_DISCOUNTS, Smoothing, distributions, estimate_discounts, join, smooth
from moregrad.ngrams.trie import Trie
from ngrams.encoded_lists import LIST, VOCAB, WORDS, encode

SMOOTHINGS: tuple[Smoothing, ...] = ("add-k", "witten-bell", "kneser-ney")
A, B = 1, 2


def rows_of(words, order: int, smoothing: Smoothing, *, k: float = 0.5, room: int = 2**20) -> list[np.ndarray]:
    """p(w | h) for the histories of 0, 1, ... tokens."""
    levels = count_grams(encode(words), VOCAB, order)
    gain, weight = join(smooth(levels, smoothing, k=k, vocab=VOCAB))
    return list(distributions(Trie.of(levels), gain, weight, VOCAB, room=room))


@given(WORDS, st.integers(1, 5), st.sampled_from(SMOOTHINGS))
def test_every_history_has_a_distribution(words, order, smoothing):
    for rows in rows_of(words, order, smoothing):
        assert (rows >= 0).all()
        np.testing.assert_allclose(rows.sum(axis=1), 1, rtol=1e-12)


@given(WORDS, st.sampled_from(SMOOTHINGS))
def test_gains_and_weights_are_no_more_than_one_history_has(words, smoothing):
    levels = count_grams(encode(words), VOCAB, 3)
    for grams, found in zip(levels[1:], smooth(levels, smoothing, k=0.5, vocab=VOCAB), strict=True):
        gains = np.bincount(grams.history, weights=found.gain, minlength=len(found.weight))
        np.testing.assert_allclose(gains + found.weight, 1, rtol=1e-12)


# The words "a", "a", "b": after the boundary a, a, b; after a and after b the end. The vocabulary is end, a, b, c.
def test_add_k_adds_k_to_every_count():
    after_boundary = rows_of([[A], [A], [B]], 2, "add-k", k=0.5)[1][0]
    np.testing.assert_allclose(after_boundary, np.array([0.5, 2.5, 1.5, 0.5]) / 5)


def test_witten_bell_reserves_a_count_for_each_distinct_follower():
    shorter, longer = rows_of([[A], [A], [B]], 2, "witten-bell")
    # Six tokens of three kinds: end 3, a 2, b 1, and three more counts spread evenly.
    np.testing.assert_allclose(shorter[0], np.array([3.75, 2.75, 1.75, 0.75]) / 9)
    np.testing.assert_allclose(longer[0], (np.array([0, 2, 1, 0]) + 2 * shorter[0]) / 5)


def test_kneser_ney_counts_what_precedes_a_token_and_discounts():
    shorter, longer = rows_of([[A], [A], [B]], 2, "kneser-ney")
    # The end comes after a and b, a and b only after the boundary; no estimate is possible of so few.
    np.testing.assert_allclose(shorter[0], np.array([1.0, 0.5, 0.5, 0]) / 4 + 2 / 4 / VOCAB)
    np.testing.assert_allclose(longer[0], (np.array([0, 1, 0.5, 0]) + 1.5 * shorter[0]) / 3)


def test_a_history_that_nothing_followed_has_the_distribution_of_the_shorter_one():
    levels = count_grams(encode([]), VOCAB, 2)
    for smoothing in ("witten-bell", "kneser-ney"):
        assert [found.weight.tolist() for found in smooth(levels, smoothing, k=0.0, vocab=VOCAB)] == [[1], [1]]


def test_lengths_that_need_more_room_are_left_out():
    levels = count_grams(encode(LIST), VOCAB, 4)
    rows = rows_of(LIST, 4, "kneser-ney", room=len(levels[1]) * VOCAB)
    assert [len(part) for part in rows] == [1, len(levels[1])]


def test_discounts_come_from_the_counts_of_counts():
    count = np.repeat([1, 2, 3, 4, 9], [8, 4, 2, 1, 3])
    np.testing.assert_allclose(estimate_discounts(count), [0, 0.5, 1.25, 2])


def test_no_count_of_four_is_an_estimate_too():
    np.testing.assert_allclose(estimate_discounts(np.repeat([1, 2, 3], [8, 4, 2])), [0, 0.5, 1.25, 3])


@pytest.mark.parametrize(
    "count", [[], [1, 2, 4], [2, 3, 4, 4], [1, 2, *[3] * 9, 4]], ids=["none", "no three", "no one", "below zero"]
)
def test_discounts_that_cannot_be_estimated_are_the_fallbacks(count):
    np.testing.assert_array_equal(estimate_discounts(np.array(count, int)), [0, *FALLBACK_DISCOUNTS])
