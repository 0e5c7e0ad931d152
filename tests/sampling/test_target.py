"""The wishes for words as draws need them."""

import numpy as np
import pytest

from moregrad.sampling.product import BEGUN
from sampling.wanted import counted, pattern, target

MODEL = counted(order=4)


def test_a_look_ahead_that_takes_too_much_memory_is_not_made():
    wanted = target(pattern("*a*"), 5)
    assert wanted.look_ahead(MODEL, order=4, most=10**6) is not None
    assert wanted.look_ahead(MODEL, order=4, most=len(MODEL.tables.weight) * 4 - 1) is None
    ahead = wanted.look_ahead(MODEL, order=2, most=10**6)
    assert ahead is not None
    assert wanted.look_ahead(MODEL, order=2, most=ahead.product.after.size - 1) is None
    assert target(pattern("*a*"), 10**6).look_ahead(MODEL, order=1, most=10**6) is None


def test_words_need_no_more_room_than_the_longest_that_is_wanted():
    ahead = target(pattern("ab?"), 10**9).look_ahead(MODEL, order=2, most=10**6)
    assert ahead is not None
    assert len(ahead.pairs) == 4


def test_a_share_of_the_probability_can_be_kept_free_of_cuts():
    wanted = target(pattern("*b*"), 4, top_k=1)
    strict = wanted.look_ahead(MODEL, order=3, most=10**6)
    open_ahead = wanted.look_ahead(MODEL, order=3, most=10**6, open_to=0.1)
    free = target(pattern("*b*"), 4).look_ahead(MODEL, order=3, most=10**6)
    assert strict is not None
    assert open_ahead is not None
    assert free is not None
    np.testing.assert_allclose(open_ahead.drawn, 0.9 * strict.drawn + 0.1 * free.drawn)
    np.testing.assert_allclose(open_ahead.drawn[1:].sum(axis=1), 1)
    assert open_ahead.at(0)[BEGUN] > 0


@pytest.mark.parametrize("open_to", [0.0, 0.5])
def test_without_cuts_there_is_nothing_to_be_open_to(open_to: float):
    ahead = target(pattern("*b*"), 4).look_ahead(MODEL, order=4, most=10**6, open_to=open_to)
    assert ahead is not None
    np.testing.assert_allclose(ahead.drawn[1:].sum(axis=1), 1)
