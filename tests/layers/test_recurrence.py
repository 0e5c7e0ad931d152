"""Any cell along time, by automatic differentiation, against the pass written by hand, over rows of several words."""

from typing import Any

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.layers.cells import GRUCell, LSTMCell, TanhCell, UnitCell
from moregrad.layers.recurrence import run_cell

Kind = type[TanhCell] | type[GRUCell] | type[LSTMCell]

TIME, BATCH, SIZE = 7, 3, 4
FRESH = jnp.asarray([[1, 1, 1], [0, 0, 1], [0, 1, 0], [1, 0, 0], [0, 0, 0], [0, 0, 1], [0, 0, 1]], bool)


def numbers(seed: int, *shape: int) -> jax.Array:
    return jnp.asarray(np.random.default_rng(seed).standard_normal(shape, np.float32))


@pytest.mark.parametrize("kind", [TanhCell, GRUCell, LSTMCell])
def test_hand_written_gradients_are_those_of_automatic_differentiation(kind: Kind):
    cell = kind.init(SIZE, key=jr.key(0))
    x = numbers(1, TIME, BATCH, cell.gates, SIZE)
    start = tuple(numbers(2 + number, SIZE) for number in range(cell.states))
    cotangent = numbers(4, TIME, BATCH, SIZE)

    def by_hand(cell: UnitCell, x: jax.Array, start: tuple[jax.Array, ...]) -> jax.Array:
        return jnp.vdot(cotangent, cell.run(x, start, FRESH))

    def by_machine(cell: UnitCell, x: jax.Array, start: tuple[jax.Array, ...]) -> jax.Array:
        return jnp.vdot(cotangent, run_cell(cell, x, start, FRESH))

    def both(*given: object) -> tuple[Any, ...]:
        return tuple(jax.value_and_grad(function, (0, 1, 2))(*given) for function in (by_hand, by_machine))

    for one, other in zip(*map(jax.tree.leaves, jax.jit(both)(cell, x, start)), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-5)
