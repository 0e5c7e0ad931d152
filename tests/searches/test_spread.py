"""The spread of a training over seeds."""

import math

import numpy as np
import pytest

import moregrad
from moregrad.errors import ConfigurationError
from moregrad.searches.spread import Spread
from searches.lists import NAMES, SHORT

SPREAD = Spread((0, 1, 2), {"train": (1.0, 1.1, 1.2), "validation": (2.0, 2.1, 2.5)})


def test_each_seed_is_a_training_of_its_own():
    spread = moregrad.repeat(NAMES, "bigram", seeds=3, seed=4, **SHORT)
    assert spread.seeds == (4, 5, 6)
    alone = moregrad.train(NAMES, "bigram", seed=5, **SHORT).record.losses
    assert alone
    for split, losses in spread.losses.items():
        assert losses[1] == pytest.approx(alone[split].all.nats, abs=1e-6)
        assert len(set(losses)) == 3


def test_mean_and_deviation_come_with_their_errors():
    losses = SPREAD.losses["validation"]
    deviation = np.std(losses, ddof=1)
    assert SPREAD.mean("validation") == pytest.approx(np.mean(losses))
    assert SPREAD.mean("validation").error == pytest.approx(deviation / math.sqrt(3))
    assert SPREAD.deviation("validation") == pytest.approx(deviation)
    assert SPREAD.deviation("validation").error == pytest.approx(deviation / 2)
    assert SPREAD.difference == pytest.approx(1.96 * math.sqrt(2) * deviation)


def test_the_table_says_what_chance_alone_makes():
    remark = repr(SPREAD).splitlines()[-1]
    assert remark.startswith("3 seeds; two trainings whose validation losses differ by less than 0.7")
    assert SPREAD.to_dict()["losses"]["train"] == [1.0, 1.1, 1.2]


def test_a_single_seed_has_no_spread():
    with pytest.raises(ConfigurationError, match="seeds is 1; it must be a whole number of at least 2"):
        moregrad.repeat(NAMES, "bigram", seeds=1)
