"""The moons in small steps: those of micrograd's demo."""

import numpy as np
import pytest

from moregrad.errors import ScalarError
from moregrad.lectures.replays.moons import network, train
from moregrad.web.moons import EDGES, SIDE, advance
from moregrad.web.scalar_forms import Moons


def test_steps_are_those_of_the_demo_however_they_are_cut():
    losses, right = zip(*train(network()), strict=True)
    state = advance(Moons(steps=0))
    seen = [(state.loss, state.right)]
    for steps in (1, 2, 3, 4):
        state = advance(Moons(state.parameters, state.step, steps))
        seen.append((state.loss, state.right))
    assert seen == [(pytest.approx(losses[step]), right[step]) for step in (0, 1, 3, 6, 10)]


def test_the_field_is_that_of_the_network():
    state, model = advance(Moons(steps=0)), network()
    left, right, bottom, top = EDGES
    corners = [(left, top), (right, top), (left, bottom), (right, bottom)]
    expected = [model([x, y]).data for x, y in corners]  # type: ignore[union-attr]
    assert np.allclose(
        [state.field[place] for place in (0, SIDE - 1, SIDE * (SIDE - 1), SIDE * SIDE - 1)], expected, atol=1e-4
    )
    assert len(state.points) == state.count == 100
    assert all(left < x < right and bottom < y < top for x, y, _ in state.points)


def test_wrong_parameters_are_told():
    with pytest.raises(ScalarError, match=r"3 numbers for .*, which has 337 parameters"):
        advance(Moons([1.0, 2.0, 3.0]))


def test_a_training_that_runs_away_is_told():
    state = advance(Moons(steps=0))
    huge = [1e60 * each for each in state.parameters]
    with pytest.raises(ScalarError, match="the training ran away; start over with a lower learning rate"):
        advance(Moons(huge, 0, 20, learning_rate=10.0))
