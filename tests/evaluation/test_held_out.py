"""Percentiles among held-out words, against counting them one by one."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.by_hand import LETTERS, MODEL, by_hand
from moregrad.data.encoded_words import EncodedWords
from moregrad.evaluation.held_out import HeldOut

NATS = st.floats(0, 10)


@given(st.lists(NATS, min_size=1), st.lists(NATS))
def test_a_percentile_is_the_share_of_words_that_cost_more(held_out: list[float], scored: list[float]):
    found = HeldOut(np.sort(held_out), 0.0).percentiles(np.array(scored, float))
    expected = [100 * sum(other > nats for other in held_out) / len(held_out) for nats in scored]
    assert found == pytest.approx(expected)


def test_held_out_words_have_their_mean_over_all_characters():
    words = ["ab", "", "cab"]
    found = HeldOut.of(MODEL, EncodedWords.of(words, LETTERS))
    assert found.mean == pytest.approx(sum(sum(by_hand(word)) for word in words) / 8, rel=1e-5)
    assert found.nats_per_character == pytest.approx(sorted(np.mean(by_hand(word)) for word in words), rel=1e-5)
    assert len(found) == 3


def test_without_held_out_words_there_is_no_percentile():
    nothing = HeldOut.of(MODEL, EncodedWords.of([], LETTERS))
    assert len(nothing) == 0
    assert math.isnan(nothing.mean)
    assert np.isnan(nothing.percentiles(np.array([1.0, 2.0]))).all()
