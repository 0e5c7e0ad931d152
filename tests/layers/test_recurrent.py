"""A recurrent layer over rows of several words."""

from typing import Any

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.layers.cells import Cell, GRUCell, LSTMCell
from moregrad.layers.recurrent import Recurrent

POSITIONS = jnp.asarray([[0, 1, 2, 0, 1], [0, 1, 2, 3, 4]])


def layer(kind: Any) -> Recurrent:
    cell = kind.init(3, key=jr.key(0))
    return Recurrent(cell, tuple(jnp.asarray([0.5, -0.5, 0.1]) for _ in range(cell.states)))


def inputs(kind: type[Cell]) -> jnp.ndarray:
    return jr.normal(jr.key(1), (2, 5, kind.gates * 3))


@pytest.mark.parametrize("kind", [GRUCell, LSTMCell])
def test_advancing_gives_what_the_whole_gives(kind: type[Cell]):
    recurrent, x = layer(kind), inputs(kind)
    whole, state = recurrent(x, POSITIONS), recurrent.begin(2)
    for time in range(5):
        y, state = recurrent.advance(state, x[:, time], POSITIONS[:, time])
        np.testing.assert_allclose(y, whole[:, time], rtol=1e-5, atol=1e-6)


def test_a_second_word_in_a_row_has_the_outputs_that_it_has_alone():
    recurrent, x = layer(GRUCell), inputs(GRUCell)
    np.testing.assert_allclose(recurrent(x, POSITIONS)[:1, 3:], recurrent(x[:1, 3:]), rtol=1e-5, atol=1e-6)


def test_without_positions_a_row_is_one_word():
    recurrent, x = layer(GRUCell), inputs(GRUCell)
    np.testing.assert_array_equal(recurrent(x), recurrent(x, jnp.broadcast_to(jnp.arange(5), (2, 5))))


def test_a_new_layer_starts_from_zeros():
    assert [array.tolist() for array in Recurrent.of(LSTMCell.init(3, key=jr.key(0))).start] == [[0] * 3, [0] * 3]
