"""Sorting, and what runs along an axis."""

import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from formats.engines import check

NUMBERS = np.random.default_rng(0).normal(size=(3, 6)).round(1).astype(np.float32)
ODD = np.array([[2, np.nan, -np.inf, 2, 0, np.inf], [1, 1, 1, 1, 1, 1], [5, 4, 3, 2, 1, 0]], np.float32)


@pytest.mark.parametrize("numbers", [NUMBERS, ODD])
def test_elements_are_sorted_and_ties_keep_their_order(numbers: np.ndarray):
    check(
        {
            "sort": lambda x: jnp.sort(x, axis=1),
            "along the first": lambda x: jnp.sort(x, axis=0),
            "argsort": lambda x: jnp.argsort(x, axis=1),
            "two keys": lambda x: lax.sort((jnp.round(x), x, x * 2), num_keys=2),
        },
        numbers,
    )


@pytest.mark.parametrize("k", [1, 3, 6])
def test_the_largest_come_first(k: int):
    check({"top k": lambda x: lax.top_k(x, k)}, NUMBERS)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("axis", [0, 1])
def test_sums_and_extremes_so_far(reverse: bool, axis: int):
    functions = {name: getattr(lax, name) for name in ("cumsum", "cumprod", "cummax", "cummin")}
    check({name: (lambda x, f=f: f(x, axis=axis, reverse=reverse)) for name, f in functions.items()}, NUMBERS)
