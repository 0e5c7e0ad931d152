"""The bound of the next round."""

import numpy as np
import pytest

from moregrad.sampling.cuts import WIDTH, Cuts


def test_only_what_is_above_the_limit_was_cut_off():
    cuts = Cuts(2.0)
    cuts.add(np.array([1.0, 2.0]))
    assert not cuts.any
    cuts.add(np.array([2.1]))
    assert cuts.any


@pytest.mark.parametrize("count", [1, 10, 500, 1000])
def test_so_many_lie_within_the_next_bound(count: int):
    nats = np.random.default_rng(0).uniform(3, 9, 1000)
    cuts = Cuts(3.0)
    cuts.add(nats)
    bound = cuts.next(count)
    assert (nats <= bound).sum() >= count
    assert (nats <= bound - WIDTH).sum() <= count


@pytest.mark.parametrize("nats", [[3.5], [3.5, 4.0], [1e6]])
def test_fewer_than_asked_for_all_lie_within(nats: list[float]):
    cuts = Cuts(3.0)
    cuts.add(np.array(nats))
    assert max(nats) <= cuts.next(10) <= max(nats) + WIDTH
