"""Operations one by one, run by onnxruntime."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax
from jaxtyping import Array

from formats.onnx.one import Function, same
from moregrad.errors import ModelError
from moregrad.formats.onnx.translation import to_onnx

# Shapes are checked with sizes that are known.
pytestmark = pytest.mark.usefixtures("untyped_caller")

FUNCTIONS: dict[str, Callable[[Array, Array], Array]] = {
    "signs": lambda x, t: jnp.sign(x) * jnp.abs(x) - x,
    "trigonometry": lambda x, t: jnp.sin(x) + jnp.cos(x),
    "roots": lambda x, t: jnp.sqrt(jnp.abs(x)) + lax.rsqrt(jnp.square(x) + 1),
    "powers": lambda x, t: x**3 + 1 / (1 + x**2) + jnp.abs(x) ** 1.5 + lax.integer_pow(x, -2),
    "exponentials": lambda x, t: jnp.exp(x) + jnp.log(jnp.abs(x)) + jax.nn.softplus(x),
    "activations": lambda x, t: jax.nn.sigmoid(x) + jnp.tanh(x) + jax.nn.relu(x) + jax.nn.gelu(x, approximate=False),
    "extremes": lambda x, t: jnp.maximum(x, 1) + jnp.minimum(x, 0) + jnp.clip(x, -1, 1),
    "comparisons": lambda x, t: 1.0 * ((x < 0) | (x >= 1)) + ((x <= -1) & (x != 0)) + (x == 0),
    "logic": lambda x, t: 1.0 * ~(x > 2) + ((x > 0) ^ (x > 1)),
    "choices": lambda x, t: jnp.where(x > 0, x, -2 * x) + jnp.where(jnp.where(x > 0, x > 1, x > -1), 1.0, 2.0),
    "what is finite": lambda x, t: 1.0 * jnp.isfinite(jnp.log(x)) + jnp.isnan(jnp.log(x)),
    "whole numbers": lambda x, t: (t % 4 - t // 4 + (-t) % 3 + lax.rem(-t, 3) + lax.div(-t, 2))[:, None] + 0 * x,
    "kinds of number": lambda x, t: x.astype(int) + 1.0 * (x > 0).astype(int) + t.astype(float)[:, None],
    "sums": lambda x, t: (x.sum(1) + x.max(1) + x.min(1) + x.prod(1))[:, None],
    "places": lambda x, t: (jnp.argmax(x, 1) + jnp.argmin(x, 1)).astype(float)[:, None] + 0 * x,
    "running sums": lambda x, t: jnp.cumsum(x, axis=1) + lax.cumsum(x, axis=1, reverse=True),
    "products": lambda x, t: (x @ np.ones((6, 3), np.float32)) @ np.arange(18, dtype=np.float32).reshape(3, 6),
    "products of stacks": lambda x, t: jnp.einsum("bi,bj->bij", x, x).sum(2) + jnp.einsum("bi,bi->b", x, x)[:, None],
    "shapes": lambda x, t: x.reshape(-1, 2, 3).transpose(0, 2, 1).reshape(x.shape[0], 6)[:, ::-1][:, ::2],
    "rows joined": lambda x, t: (x.reshape(-1) * 2).reshape(x.shape) + x.reshape(-1, 3).sum(1).reshape(-1, 2)[:, :1],
    "parts": lambda x, t: jnp.concatenate([*jnp.split(x, 3, axis=1)][::-1], axis=1) + jnp.stack([x, x]).sum(0),
    "padding": lambda x, t: jnp.pad(x, ((0, 0), (1, 2)), constant_values=7)[:, 1:7],
    "counting": lambda x, t: x + jnp.arange(6) + jnp.arange(x.shape[0])[:, None] + x.shape[0],
    "pairs of rows": lambda x, t: (jnp.concatenate([x, x]) + jnp.arange(2 * x.shape[0])[:, None]).reshape(2, -1, 6)[1],
}


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_an_operation_computes_the_same(function: Callable[[Array, Array], Array]):
    same(function)


REFUSED: dict[str, Callable[[Array, Array], Array]] = {
    "bits": lambda x, t: (t & 1)[:, None] + 0 * x,
    "several cases": lambda x, t: lax.select_n(jnp.clip(t, 0, 2)[:, None] + jnp.zeros_like(x, int), x, -x, 2 * x),
    "padding between": lambda x, t: lax.pad(x, 0.0, ((0, 0, 0), (0, 0, 1))),
    "a kind of number": lambda x, t: x.astype(jnp.bfloat16),
}


@pytest.mark.parametrize("function", REFUSED.values(), ids=REFUSED)
def test_an_operation_that_is_not_translated_is_refused(function: Callable[[Array, Array], Array]):
    with pytest.raises(ModelError, match="its step"):
        to_onnx(Function(function))
