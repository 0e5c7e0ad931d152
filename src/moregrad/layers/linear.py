"""The affine map, with its weight stored in two layouts."""

import jax.numpy as jnp
from jaxtyping import Array, Float, PRNGKeyArray

from moregrad.backprop.linear import linear, transposed_linear
from moregrad.backprop.operation import Operation, differentiable
from moregrad.layers.initializers import normal
from moregrad.layers.layer import Layer, Positions


class Linear(Layer):
    """Computes `x @ weight + bias`; the weight is stored (in, out)."""

    weight: Float[Array, "size out"]
    bias: Float[Array, " out"] | None

    @classmethod
    def init(cls, size: int, out: int, *, gain: float = 1.0, bias: bool = True, key: PRNGKeyArray) -> "Linear":
        """Draws normal weights of deviation gain / sqrt(size), so that unit inputs give outputs of deviation `gain`."""
        weight = gain / size**0.5 * normal(key, size, out)
        return cls(weight, jnp.zeros(out) if bias else None)

    def __call__(self, x: Float[Array, "*axes size"], positions: Positions | None = None) -> Float[Array, "*axes out"]:
        return _apply(linear, x, self.weight, self.bias)


class TransposedLinear(Layer):
    """Computes `x @ weight.T + bias`; the weight is stored (out, in), which trains faster if in is larger than out."""

    weight: Float[Array, "out size"]
    bias: Float[Array, " out"] | None

    @classmethod
    def init(
        cls, size: int, out: int, *, gain: float = 1.0, bias: bool = True, key: PRNGKeyArray
    ) -> "TransposedLinear":
        """Draws normal weights of deviation gain / sqrt(size), so that unit inputs give outputs of deviation `gain`."""
        weight = gain / size**0.5 * normal(key, out, size)
        return cls(weight, jnp.zeros(out) if bias else None)

    def __call__(self, x: Float[Array, "*axes size"], positions: Positions | None = None) -> Float[Array, "*axes out"]:
        return _apply(transposed_linear, x, self.weight, self.bias)


def _apply(operation: Operation, x: Array, weight: Array, bias: Array | None) -> Array:
    return differentiable(operation)(x, weight, *(() if bias is None else (bias,)))
