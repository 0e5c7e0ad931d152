"""Loops and choices."""

import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from formats.engines import check

ROW = np.array([3.0, -1.0, 0.5, 2.0], np.float32)
NUMBERS = np.arange(12, dtype=np.float32).reshape(3, 4)


@pytest.mark.parametrize("reverse", [False, True])
def test_scans_carry_and_stack(reverse: bool):
    def swap(carry, row):
        first, second, count = carry
        return (second, first + row, count + 1), (first * row, count)

    def fibonacci(row, numbers):
        return lax.scan(swap, (row, -row, 0), numbers, reverse=reverse)

    check(
        {"fibonacci": fibonacci, "nothing": lambda row, numbers: lax.scan(swap, (row, row, 0), numbers[:0])},
        ROW,
        NUMBERS,
    )


def test_a_carry_that_swaps_is_read_before_it_is_written():
    check({"swap": lambda x: lax.fori_loop(0, 3, lambda _, pair: (pair[1], pair[0]), (x[:2], x[2:]))}, ROW)
    check({"turn": lambda x: lax.fori_loop(0, 3, lambda _, y: jnp.roll(y, 1), x)}, ROW)


def test_loops_within_loops():
    def outer(number, total):
        return lax.fori_loop(0, number, lambda k, x: x * 0.5 + k, total)

    check({"nested": lambda x: lax.fori_loop(0, 4, outer, x)}, ROW)


def test_a_loop_ends_when_its_condition_does():
    check(
        {
            "halved": lambda x: lax.while_loop(lambda y: jnp.max(y) > 0.1, lambda y: y / 2, x),
            "never": lambda x: lax.while_loop(lambda y: jnp.max(y) > 100, lambda y: y / 2, x),
            "by a number that is computed": lambda x: lax.fori_loop(
                jnp.int32(x[2]), x[0].astype(jnp.int32), lambda k, y: y + k, x
            ),
        },
        ROW,
    )


@pytest.mark.parametrize("which", [-1, 0, 1, 2, 5])
def test_a_branch_is_chosen(which: int):
    branches = [lambda x: x + 1, lambda x: jnp.exp(x), lambda x: x[::-1]]

    def choose(x, which):
        return lax.switch(which, branches, x)

    check({"switch": choose, "cond": lambda x, which: lax.cond(which > 0, jnp.sin, jnp.cos, x)}, ROW, np.int32(which))
