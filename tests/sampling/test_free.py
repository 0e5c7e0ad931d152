"""Draws of which nothing is wanted but their beginning."""

from collections.abc import Iterator
from itertools import islice

import numpy as np
import pytest

from moregrad.sampling import free
from moregrad.sampling.draws import Draws
from moregrad.sampling.free import BATCH, draw_freely
from moregrad.sampling.options import Sampling
from sampling.table import MODEL, VOCABULARY


def draw(options: Sampling, *, longest: int, prefix: str = "") -> Iterator[Draws]:
    return draw_freely(MODEL, VOCABULARY.encode(prefix), options, vocab=len(VOCABULARY), longest=longest)


def test_draws_that_do_not_end_in_time_are_left_out():
    draws = next(draw(Sampling(), longest=3, prefix="ab"))
    assert draws.made == BATCH > len(draws.ids) == len(draws.nats) > 0
    assert draws.ids.shape[1] == 3
    assert (draws.ids[:, :2] == [1, 2]).all()


def test_batches_differ_and_the_seed_decides():
    first, second = islice(draw(Sampling(seed=3), longest=5), 2)
    again = next(draw(Sampling(seed=3), longest=5))
    np.testing.assert_array_equal(first.ids, again.ids)
    assert first.ids.shape != second.ids.shape or not np.array_equal(first.ids, second.ids)


def test_batches_too_large_to_be_drawn_at_once_are_the_same(monkeypatch: pytest.MonkeyPatch):
    at_once = islice(draw(Sampling(), longest=5), 3)
    monkeypatch.setattr(free, "NUMBERS", BATCH)
    for one, other in zip(at_once, draw(Sampling(), longest=5), strict=False):
        np.testing.assert_array_equal(one.ids, other.ids)
