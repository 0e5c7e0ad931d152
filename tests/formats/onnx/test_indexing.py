"""Gathering and scattering, run by onnxruntime."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jaxtyping import Array

from formats.onnx.one import Function, same
from moregrad.errors import ModelError
from moregrad.formats.onnx.translation import to_onnx

# Shapes are checked with sizes that are known.
pytestmark = pytest.mark.usefixtures("untyped_caller")

TABLE = np.arange(42, dtype=np.float32).reshape(7, 6)
CUBE = np.arange(7 * 6 * 5, dtype=np.float32).reshape(7, 6, 5)

GATHERED: dict[str, Callable[[Array, Array], Array]] = {
    "rows of a table": lambda x, t: jnp.asarray(TABLE)[t],
    "columns of a table": lambda x, t: jnp.asarray(TABLE)[:, t].T[:, :6],
    "numbers of a table": lambda x, t: jnp.asarray(TABLE)[t, t][:, None] + x,
    "of a row of its own": lambda x, t: jnp.take_along_axis(x, t[:, None] % 6, axis=1) + x,
    "beyond the end, clipped": lambda x, t: jnp.asarray(TABLE).take(3 * t - 2, axis=0, mode="clip"),
    "beyond the end, filled": lambda x, t: jnp.asarray(TABLE).at[3 * t].get(mode="fill", fill_value=-1.0),
    "in the middle": lambda x, t: jnp.asarray(CUBE)[:, t].sum((0, 2))[:, None] + x,
    "two at once": lambda x, t: jnp.asarray(CUBE)[t, :, t % 5],
    "the last of each row": lambda x, t: x[:, -1:] + x[:, 2:4].sum(1, keepdims=True),
    "by two axes of indices": lambda x, t: jnp.asarray(TABLE)[jnp.stack([t, t + 1], 1)].sum(1),
    "in every network": lambda x, t: jax.vmap(lambda table: table[t % 2])(jnp.asarray(CUBE)[:, :2]).sum(0),
}
SCATTERED: dict[str, Callable[[Array, Array], Array]] = {
    "into a row": lambda x, t: x.at[jnp.arange(x.shape[0]), t % 6].set(-9.0),
    "into a column": lambda x, t: x.at[:, 2].set(t.astype(float)),
    "slices": lambda x, t: jnp.zeros((x.shape[0], 8, 6)).at[jnp.arange(x.shape[0]), t].set(x).sum(1),
    "outside, dropped": lambda x, t: x.at[jnp.arange(x.shape[0]), 4 * t].set(-9.0, mode="drop"),
}


@pytest.mark.parametrize("function", GATHERED.values(), ids=GATHERED)
def test_what_is_gathered_is_the_same(function: Callable[[Array, Array], Array]):
    same(function)


@pytest.mark.parametrize("function", SCATTERED.values(), ids=SCATTERED)
def test_what_is_scattered_is_the_same(function: Callable[[Array, Array], Array]):
    same(function)


def test_parts_of_an_axis_at_computed_places_are_refused():
    for function in (
        lambda x, t: jax.vmap(lambda row, at: jax.lax.dynamic_slice(row, (at,), (2,)))(x, t),
        lambda x, t: jax.vmap(lambda row, at: jax.lax.dynamic_update_slice(row, jnp.zeros(2), (at,)))(x, t),
    ):
        with pytest.raises(ModelError, match=r"which .* not"):
            to_onnx(Function(function))
