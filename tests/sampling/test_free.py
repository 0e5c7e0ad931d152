"""Draws of which nothing is wanted but their beginning."""

from itertools import islice

import numpy as np

from moregrad.sampling.free import BATCH, draw_freely
from moregrad.sampling.options import Sampling
from sampling.table import MODEL, VOCABULARY


def test_draws_that_do_not_end_in_time_are_left_out():
    draws = next(draw_freely(MODEL, VOCABULARY.encode("ab"), Sampling(), longest=3))
    assert draws.made == BATCH > len(draws.ids) == len(draws.nats) > 0
    assert draws.ids.shape[1] == 3
    assert (draws.ids[:, :2] == [1, 2]).all()


def test_batches_differ_and_the_seed_decides():
    first, second = islice(draw_freely(MODEL, VOCABULARY.encode(""), Sampling(seed=3), longest=5), 2)
    again = next(draw_freely(MODEL, VOCABULARY.encode(""), Sampling(seed=3), longest=5))
    np.testing.assert_array_equal(first.ids, again.ids)
    assert first.ids.shape != second.ids.shape or not np.array_equal(first.ids, second.ids)
