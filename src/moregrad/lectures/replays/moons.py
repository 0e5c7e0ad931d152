"""micrograd's demo: two moons told apart by a network of single numbers, 100 steps."""

from collections.abc import Iterator
from random import Random

import numpy as np

from moregrad.data.points import moons
from moregrad.lectures.lists import Lists
from moregrad.lectures.replays.training import Obtained, Show
from moregrad.scalar import MLP, SGD, Program, Value, weight_penalty

SEED, COUNT, NOISE, STEPS = 1337, 100, 0.1, 100


def replay(lists: Lists, show: Show) -> Obtained:
    """Returns the loss and the accuracy in percent before every step."""
    model = network()
    losses, accuracies = zip(*train(model), strict=True)
    return {
        "parameters": len(model.parameters()),
        "losses": losses,
        "accuracies": accuracies,
        "last": losses[-1],
        "first": next((step for step, accuracy in enumerate(accuracies) if accuracy == 100), "never"),
    }


def network() -> MLP:
    """The demo's network, two inputs, two layers of 16 and one output, with its initial weights."""
    return MLP(2, [16, 16, 1], rng=Random(SEED))


def train(model: MLP) -> Iterator[tuple[float, int]]:
    """Trains on all points at once, by one recorded program of a point's loss."""
    positions, labels = moons(COUNT, noise=NOISE, seed=SEED)
    targets = 2 * labels - 1
    x, y, target = Value(0.0), Value(0.0), Value(1.0)
    score = model([x, y])
    loss = (1 + -target * score).relu() + weight_penalty(model.parameters())
    program, optimizer = Program(loss, [x, y, target], watch=[score]), SGD(model.parameters(), 1.0)
    for step in range(STEPS):
        losses = program(np.column_stack([positions, targets]))
        right = int(np.sum((program.data(score) > 0) == (targets > 0)))
        optimizer.zero_grad()
        program.backward()
        optimizer.learning_rate = 1.0 - 0.9 * step / STEPS
        optimizer.step()
        yield float(losses.mean()), right
