"""The parts that replays of trainings share."""

import pytest

from moregrad.lectures.networks import one_layer
from moregrad.lectures.replays.training import names, nats, train
from moregrad.lectures.runs import ONE_LAYER_ON_EMMA
from moregrad.torch_random import Generator, multinomial_race


def test_a_training_shows_how_far_it_is_and_returns_every_loss(lists):
    shares = []
    _, losses = train(ONE_LAYER_ON_EMMA, lists, shares.append)
    assert shares == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert losses[[0, -1]] == pytest.approx([3.7693, 3.6892], abs=1e-4)


def test_the_mean_surprisal_of_each_part(lists):
    found = nats(one_layer(Generator(ONE_LAYER_ON_EMMA.seed)), lists, "the first name")
    assert found == pytest.approx({"the first name": 3.7693049907684326}, abs=1e-6)


def test_as_many_names_as_asked_for():
    assert len(names(one_layer(Generator(0)), Generator(0), 3, multinomial_race)) == 3
