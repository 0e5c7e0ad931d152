"""From equations to a program."""

import jax
import jax.numpy as jnp
import numpy as np

from formats.engines import Computed, check
from moregrad.formats.translation.program import For, Store, statements
from moregrad.formats.translation.step import Step

ROW = np.linspace(0.1, 1, 8, dtype=np.float32)


def step(function, *arrays: np.ndarray) -> Step:
    model = Computed((function,), tuple(map(jnp.asarray, arrays)))
    return Step.of(model, model.results(model.inputs)[0].size)


def test_a_chain_of_operations_is_one_loop():
    body = step(lambda x: jnp.tanh(x * 2 + 1)[::-1] - 3, ROW).body
    stores = [each for each in statements(body) if isinstance(each, Store) and each.buffer.number == 0]
    assert len(stores) == 1
    assert not step(lambda x: jnp.tanh(x * 2 + 1)[::-1] - 3, ROW).temporaries


def test_what_does_not_depend_on_the_state_is_computed_here():
    body = step(lambda x: x + jnp.sort(jnp.sin(jnp.arange(8.0))), ROW).body
    assert sum(isinstance(each, For) for each in statements(body)) == 2  # the logits and the state


def test_the_same_numbers_are_kept_once():
    table = np.arange(10_000, dtype=np.float32) ** 0.5
    program = step(lambda x: x * table[1:9] + table[:8] + jnp.asarray(table)[x.astype(jnp.int32)], ROW).program
    assert sum(each.size for each in program.constants.values()) < 10_100


def test_tables_of_few_different_numbers_are_kept_as_places_among_these():
    table = np.tile(np.array([0.25, 0.5, 3.0], np.float32), 5000)
    program = step(lambda x: jnp.asarray(table)[x.astype(jnp.int32)], ROW).program
    assert sorted(each.nbytes for each in program.constants.values()) == [12, 15_000]


def test_calls_within_calls_are_opened():
    inner = jax.jit(lambda x: jax.nn.softplus(x) * 2)
    check({"jit": lambda x: jax.jit(lambda y: inner(y) + inner(-y))(x), "checkpoint": jax.checkpoint(inner)}, ROW)


def test_what_is_used_often_is_computed_once():
    def grow(x):
        for _ in range(20):
            x = jnp.sin(x) + jnp.cos(x) * x
        return x

    assert sum(1 for _ in statements(step(grow, ROW).body)) < 120
    check({"grow": grow}, ROW, tolerance=2e-5)
