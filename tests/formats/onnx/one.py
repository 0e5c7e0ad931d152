"""Single functions of JAX as ONNX graphs."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array

from formats.onnx.running import Session
from moregrad.formats.onnx.translation import to_onnx
from moregrad.models.model import Model

SIZE = 6


class Function(Model):
    """A step whose logits are a function of its state, and whose state is what it was fed with."""

    function: Callable[[Array, Array], Array]

    def __call__(self, tokens: Any) -> Any:
        raise NotImplementedError

    def begin(self, batch: int) -> Array:
        return jnp.zeros((batch, SIZE))

    def advance(self, state: Any, token: Any) -> Any:
        return self.function(state, token), state


def same(function: Callable[[Array, Array], Array], *, rows: int = 4) -> None:
    """Asserts that onnxruntime computes `function` of numbers and tokens as JAX does."""
    x = np.random.default_rng(0).normal(0, 2, (rows, SIZE)).astype(np.float32)
    token = np.arange(rows) % SIZE
    session = Session(to_onnx(Function(function)), rows)
    session.state["state_0"] = x
    found, expected = session.advance(token), np.asarray(jax.jit(function)(x, jnp.asarray(token, jnp.int32)))
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)
