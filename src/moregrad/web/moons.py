"""The moons of micrograd's demo, told apart by a network of single numbers, some steps at a time.

Nothing is kept between two requests: the client has the parameters and sends them along.
"""

from random import Random

import numpy as np

from moregrad.data.points import moons
from moregrad.errors import ScalarError
from moregrad.scalar import MLP, SGD, Program, Value, weight_penalty
from moregrad.web.scalar_forms import Moons, MoonsState

COUNT, NOISE, SEED = 100, 0.1, 1337
"""Those of the demo."""
SIDE = 40
"""Points along each side of the field on which the network is evaluated."""
EDGES = (-1.6, 2.6, -1.2, 1.7)
"""The field: left, right, bottom, top."""
RAN_AWAY = "the training ran away; start over with a lower learning rate"
FALL = 100
"""Steps over which the learning rate falls to a tenth."""


def advance(asked: Moons) -> MoonsState:
    """Takes so many steps from the parameters that are given, or shows the network before its first step.

    Raises ScalarError for another number of parameters, and where numbers grow beyond what a float holds.
    """
    model = MLP(2, [asked.hidden, asked.hidden, 1], rng=Random(asked.seed))
    if asked.parameters is not None:
        model.data = asked.parameters
    try:
        return _train(model, asked)
    except ScalarError as error:
        raise ScalarError(f"{RAN_AWAY} ({error})") from error


def _train(model: MLP, asked: Moons) -> MoonsState:
    positions, labels = moons(COUNT, noise=NOISE, seed=SEED)
    targets = 2 * labels - 1
    x, y, target = Value(0.0), Value(0.0), Value(1.0)
    score = model([x, y])
    assert isinstance(score, Value)
    loss = (1 + -target * score).relu() + weight_penalty(model.parameters())
    program, optimizer = Program(loss, [x, y, target], watch=[score]), SGD(model.parameters(), 1.0)
    rows = np.column_stack([positions, targets])
    for step in range(asked.step, asked.step + asked.steps):
        program(rows)
        optimizer.zero_grad()
        program.backward()
        optimizer.learning_rate = asked.learning_rate * (1.0 - 0.9 * min(step / FALL, 1.0))
        optimizer.step()
    losses = program(rows)
    if not np.isfinite(losses).all():
        raise ScalarError("the loss is infinite")
    return MoonsState(
        parameters=model.data,
        step=asked.step + asked.steps,
        loss=float(losses.mean()),
        right=int(np.sum((program.data(score) > 0) == (targets > 0))),
        count=COUNT,
        points=[(float(a), float(b), int(label)) for (a, b), label in zip(positions, labels, strict=True)],
        edges=EDGES,
        side=SIDE,
        field=_field(score, x, y),
    )


def _field(score: Value, x: Value, y: Value) -> list[float]:
    """Returns the score at the points of the field, row by row from the top."""
    left, right, bottom, top = EDGES
    across, down = np.meshgrid(np.linspace(left, right, SIDE), np.linspace(top, bottom, SIDE))
    scores = Program(score, [x, y])(np.column_stack([across.ravel(), down.ravel()]))
    return [round(float(each), 4) for each in scores]
