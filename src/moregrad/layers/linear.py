"""The affine map."""

from typing import Self

import jax.numpy as jnp
from jaxtyping import Array, Float, PRNGKeyArray

from moregrad.layers.initial import normal
from moregrad.layers.layer import Layer


class Linear(Layer):
    """`x @ weight + bias`; the weight is stored (in, out)."""

    weight: Float[Array, "size out"]
    bias: Float[Array, " out"] | None

    @classmethod
    def init(cls, size: int, out: int, *, gain: float = 1.0, bias: bool = True, key: PRNGKeyArray) -> Self:
        """Normal weights of deviation gain / sqrt(size), so that unit inputs give outputs of deviation `gain`."""
        weight = normal(key, size, out, deviation=gain / size**0.5)
        return cls(weight, jnp.zeros(out) if bias else None)

    def __call__(self, x: Float[Array, "*axes size"]) -> Float[Array, "*axes out"]:
        # One product of two matrices: with more axes than two, XLA's CPU backend takes twice as long for its gradient.
        y = (x.reshape(-1, x.shape[-1]) @ self.weight).reshape(*x.shape[:-1], -1)
        return y if self.bias is None else y + self.bias
