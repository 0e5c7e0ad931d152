"""The affine map, stored in two ways."""

from typing import Self

import jax
import jax.numpy as jnp
from jax import lax
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
        weight = gain / size**0.5 * normal(key, size, out)
        return cls(weight, jnp.zeros(out) if bias else None)

    def __call__(self, x: Float[Array, "*axes size"]) -> Float[Array, "*axes out"]:
        # One product of two matrices: with more axes than two, XLA's CPU backend takes twice as long for its gradient.
        y = (x.reshape(-1, x.shape[-1]) @ self.weight).reshape(*x.shape[:-1], -1)
        return y if self.bias is None else y + self.bias


class TransposedLinear(Layer):
    """`x @ weight.T + bias`; the weight is stored (out, in), which trains faster where there is more in than out."""

    weight: Float[Array, "out size"]
    bias: Float[Array, " out"] | None

    @classmethod
    def init(cls, size: int, out: int, *, gain: float = 1.0, bias: bool = True, key: PRNGKeyArray) -> Self:
        """Normal weights of deviation gain / sqrt(size), so that unit inputs give outputs of deviation `gain`."""
        weight = gain / size**0.5 * normal(key, out, size)
        return cls(weight, jnp.zeros(out) if bias else None)

    def __call__(self, x: Float[Array, "*axes size"]) -> Float[Array, "*axes out"]:
        y = _times_transposed(x.reshape(-1, x.shape[-1]), self.weight).reshape(*x.shape[:-1], -1)
        return y if self.bias is None else y + self.bias


@jax.custom_vjp
def _times_transposed(x: Float[Array, "rows size"], weight: Float[Array, "out size"]) -> Float[Array, "rows out"]:
    return x @ weight.T


def _forward(x: Array, weight: Array) -> tuple[Array, tuple[Array, Array]]:
    return x @ weight.T, (x, weight)


def _backward(known: tuple[Array, Array], slope: Float[Array, "rows out"]) -> tuple[Array, Array]:
    x, weight = known
    # Left to itself XLA would join the transposition to the product, for which its CPU backend has only a slow kernel.
    return slope @ weight, lax.optimization_barrier(slope.T) @ x


_times_transposed.defvjp(_forward, _backward)
