"""Recurrent cells: one step against their equations in NumPy; tests/reference holds whole runs against PyTorch."""

from typing import Any

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.layers.cells import Cell, GRUCell, LSTMCell, ResetFirstGRUCell, TanhCell
from moregrad.layers.recurrence import run_cell

SIZE, BATCH = 3, 2
KINDS = [TanhCell, GRUCell, ResetFirstGRUCell, LSTMCell]


def numbers(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32)


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def step(cell: Cell, x: np.ndarray, *state: np.ndarray) -> list[np.ndarray]:
    return [np.asarray(part) for part in cell(jnp.asarray(x), tuple(map(jnp.asarray, state)))]


def gates(cell: Cell, h: np.ndarray) -> list[np.ndarray]:
    """The map from the output before, gate by gate: [gate batch size]."""
    bias = 0 if cell.recurrent.bias is None else np.asarray(cell.recurrent.bias)
    return np.split(h @ np.asarray(cell.recurrent.weight) + bias, cell.gates, axis=-1)


def test_the_plain_cell():
    cell, x, h = TanhCell.init(SIZE, key=jr.key(0)), numbers(1, BATCH, 1, SIZE), numbers(2, BATCH, SIZE)
    np.testing.assert_allclose(step(cell, x, h)[0], np.tanh(x[:, 0] + gates(cell, h)[0]), rtol=1e-5)


def test_the_gated_recurrent_unit_with_its_reset_after_the_product():
    cell, x, h = GRUCell.init(SIZE, key=jr.key(0)), numbers(1, BATCH, 3, SIZE), numbers(2, BATCH, SIZE)
    r, z, c = gates(cell, h)
    reset, update = sigmoid(x[:, 0] + r), sigmoid(x[:, 1] + z)
    expected = (1 - update) * h + update * np.tanh(x[:, 2] + reset * c)
    np.testing.assert_allclose(step(cell, x, h)[0], expected, rtol=1e-5, atol=1e-6)


def test_the_gated_recurrent_unit_with_its_reset_before_the_product():
    cell, x, h = ResetFirstGRUCell.init(SIZE, key=jr.key(0)), numbers(1, BATCH, 3, SIZE), numbers(2, BATCH, SIZE)
    r, z, _ = gates(cell, h)
    reset, update = sigmoid(x[:, 0] + r), sigmoid(x[:, 1] + z)
    candidate = np.tanh(x[:, 2] + gates(cell, reset * h)[2])
    np.testing.assert_allclose(step(cell, x, h)[0], (1 - update) * h + update * candidate, rtol=1e-5, atol=1e-6)


def test_long_short_term_memory():
    cell, x = LSTMCell.init(SIZE, key=jr.key(0)), numbers(1, BATCH, 4, SIZE)
    h, memory = numbers(2, BATCH, SIZE), numbers(3, BATCH, SIZE)
    i, f, g, o = (x[:, gate] + recurrent for gate, recurrent in enumerate(gates(cell, h)))
    kept = sigmoid(f) * memory + sigmoid(i) * np.tanh(g)
    found = step(cell, x, h, memory)
    np.testing.assert_allclose(found[0], sigmoid(o) * np.tanh(kept), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(found[1], kept, rtol=1e-5, atol=1e-6)


def test_a_memory_begins_with_its_forget_gate_open():
    i, f, g, o = np.split(np.asarray(LSTMCell.init(SIZE, key=jr.key(0)).recurrent.bias), 4)
    assert (f == 1).all()
    assert not np.any([i, g, o])


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_is_one_step_after_another_from_the_start_where_a_word_begins(kind: Any):
    cell, fresh = kind.init(SIZE, key=jr.key(0)), jnp.asarray([[1, 1], [0, 1], [0, 0]], bool)
    x = jnp.asarray(numbers(4, 3, BATCH, cell.gates, SIZE))
    start = tuple(jnp.asarray(numbers(5 + index, SIZE)) for index in range(cell.states))
    first = cell(x[0], tuple(jnp.broadcast_to(array, (BATCH, SIZE)) for array in start))
    outputs = cell.run(x, start, fresh)
    np.testing.assert_allclose(outputs[0], first[0], rtol=1e-5)
    np.testing.assert_allclose(outputs, run_cell(cell, x, start, fresh), rtol=1e-5)
    again = cell(x[1], tuple(jnp.broadcast_to(array, (BATCH, SIZE)) for array in start))
    np.testing.assert_allclose(outputs[1, 1], again[0][1], rtol=1e-5)
    np.testing.assert_allclose(outputs[1, 0], cell(x[1], first)[0][0], rtol=1e-5)
