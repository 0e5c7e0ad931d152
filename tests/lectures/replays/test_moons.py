"""micrograd's demo."""

from random import Random

import pytest

from moregrad.data.points import moons
from moregrad.lectures.replays.moons import COUNT, NOISE, SEED, STEPS, network, train
from moregrad.scalar import SGD, hinge, weight_penalty


def test_every_printed_step(reproduced):
    assert len(reproduced("moons")) == 179


def test_graphs_built_anew_give_the_same_losses():
    model = network()
    positions, labels = moons(COUNT, noise=NOISE, seed=SEED)
    optimizer, replayed = SGD(model.parameters(), 1.0), [loss for loss, _ in train(network())]
    for step in range(STEPS):
        scores = [model(point) for point in positions.tolist()]
        loss = hinge(scores, (2 * labels - 1).tolist()) + weight_penalty(model.parameters())
        optimizer.zero_grad()
        loss.backward()
        optimizer.learning_rate = 1.0 - 0.9 * step / STEPS
        optimizer.step()
        assert loss.data == pytest.approx(replayed[step], rel=1e-12)


def test_the_weights_are_those_of_pythons_random():
    rng = Random(SEED)
    assert [p.data for p in network().parameters()[:2]] == [rng.uniform(-1, 1) for _ in range(2)]
