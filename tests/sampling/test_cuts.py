"""The prefixes that a limit cut off, and the limit of the next round."""

import numpy as np
import pytest

from moregrad.sampling.cuts import WIDTH, Cuts
from sampling.prefixes import prefixes, spell


def above(limit: float, nats: list[float]) -> Cuts:
    cuts = Cuts(limit, memory=0)
    cuts.add(prefixes(["a"] * len(nats), nats), ())
    return cuts


def test_there_are_some_only_if_some_were_added():
    assert not above(2.0, []).any
    assert above(2.0, [2.1]).any


@pytest.mark.parametrize("count", [1, 10, 500, 1000])
def test_so_many_lie_within_the_next_limit(count: int):
    nats = np.random.default_rng(0).uniform(3, 9, 1000)
    limit = above(3.0, nats.tolist()).next(count)
    assert (nats <= limit).sum() >= count
    assert (nats <= limit - WIDTH).sum() <= count


@pytest.mark.parametrize("nats", [[3.5], [3.5, 4.0], [1e6]])
def test_fewer_than_asked_for_all_lie_within(nats: list[float]):
    assert max(nats) <= above(3.0, nats).next(10) <= max(nats) + WIDTH


def test_they_are_kept_with_their_states_as_long_as_there_is_memory():
    cuts, states = Cuts(1.0, memory=10_000), (np.zeros((2, 9)), {"more": np.ones(2)})
    cuts.add(prefixes(["a", "ab"], [2.0, 3.0]), states)
    cuts.add(prefixes(["b"], [4.0]), states)
    assert [(spell(part), kept is states) for part, kept in cuts.kept or []] == [(["a", "ab"], True), (["b"], True)]
    cuts.add(prefixes(["c"], [2.0]), np.zeros(2000))
    assert cuts.kept is None
    cuts.add(prefixes(["d"], [2.0]), ())
    assert cuts.kept is None
    assert cuts.any
