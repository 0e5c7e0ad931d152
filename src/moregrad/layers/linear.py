"""The affine map, stored in two ways, each with the gradient of its product written by hand.

XLA's CPU backend has a fast kernel for the product of two matrices that lie as they are multiplied, and slow ones for
more axes or for a transposition on the left, which it would join to the product if no barrier stood between them. So
rows are flattened to one axis, and what stands on the left is transposed first.
"""

from typing import Self

import jax
import jax.numpy as jnp
from jax import lax
from jaxtyping import Array, Float, PRNGKeyArray

from moregrad.layers.initializers import normal
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
        y = _times(x.reshape(-1, x.shape[-1]), self.weight).reshape(*x.shape[:-1], -1)
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
def _times(x: Float[Array, "rows size"], weight: Float[Array, "size out"]) -> Float[Array, "rows out"]:
    return x @ weight


def _times_backward(known: tuple[Array, Array], slope: Float[Array, "rows out"]) -> tuple[Array, Array]:
    x, weight = known
    return slope @ weight.T, _transposed(x) @ slope


@jax.custom_vjp
def _times_transposed(x: Float[Array, "rows size"], weight: Float[Array, "out size"]) -> Float[Array, "rows out"]:
    return x @ weight.T


def _times_transposed_backward(known: tuple[Array, Array], slope: Float[Array, "rows out"]) -> tuple[Array, Array]:
    x, weight = known
    return slope @ weight, _transposed(slope) @ x


def _transposed(matrix: Float[Array, "rows columns"]) -> Float[Array, "columns rows"]:
    return lax.optimization_barrier(matrix.T)


_times.defvjp(lambda x, weight: (x @ weight, (x, weight)), _times_backward)
_times_transposed.defvjp(lambda x, weight: (x @ weight.T, (x, weight)), _times_transposed_backward)
