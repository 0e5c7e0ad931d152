"""One element of many."""

import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from formats.engines import check

RANDOM = np.random.default_rng(0)
CUBE = RANDOM.normal(size=(3, 4, 5)).astype(np.float32)
OTHER = RANDOM.normal(size=(3, 5, 6)).astype(np.float32)


@pytest.mark.parametrize("axes", [0, 2, (0, 2), None])
def test_sums_and_extremes(axes: int | tuple[int, ...] | None):
    reductions = {name: getattr(jnp, name) for name in ("sum", "prod", "max", "min", "mean", "any", "all")}
    functions = {name: (lambda x, y, f=f: f(x, axis=axes)) for name, f in reductions.items()}
    check(functions | {"whole": lambda x, y: jnp.sum((x * 9).astype(jnp.int32), axis=axes)}, CUBE, OTHER)


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_places_of_extremes(axis: int):
    odd = CUBE.copy()
    odd[0, 1, 2], odd[2, 3, :] = np.nan, np.inf
    functions = {"argmax": lambda x: jnp.argmax(x, axis=axis), "argmin": lambda x: jnp.argmin(x, axis=axis)}
    check(functions, CUBE)
    check(functions, odd)
    check(functions, np.round(CUBE))


def test_products_of_matrices():
    check(
        {
            "batched": lambda x, y: x @ y,
            "contracted twice": lambda x, y: jnp.tensordot(x, y.transpose(1, 0, 2), axes=[(0, 2), (1, 0)]),
            "outer": lambda x, y: jnp.einsum("i,j->ij", x[0, 0], y[0, 0]),
            "inner": lambda x, y: jnp.dot(x[0, 0], y[0, :, 0]),
            "transposed": lambda x, y: jnp.einsum("bij,bjk->kbi", x, y),
            "vector first": lambda x, y: x[0, 0] @ y[0],
            "vector last": lambda x, y: x[0] @ y[0, :, 1],
            "of what is computed": lambda x, y: jnp.exp(x) @ jnp.tanh(y),
            "whole": lambda x, y: (x * 9).astype(jnp.int32) @ (y * 9).astype(jnp.int32),
        },
        CUBE,
        OTHER,
    )


def test_long_sums_are_not_worse_than_those_of_xla():
    check({"sum": jnp.sum, "dot": lambda x: x @ x}, RANDOM.uniform(size=10_000).astype(np.float32), tolerance=1e-5)


def test_a_sum_of_nothing_is_nought():
    check({"sum": lambda x: jnp.sum(x[:0], axis=0), "dot": lambda x: lax.dot(x[:, :0].T[:0].T, x[:0])}, CUBE[0])
