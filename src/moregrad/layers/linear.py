"""The affine map, stored in two layouts, each with a hand-written gradient of its matrix product.

XLA's CPU backend multiplies two plain matrices fast, but is slow with more axes or with a transposed left operand. So
leading axes are flattened to one, and the left operand is transposed beforehand, behind a barrier that keeps XLA from
fusing the transposition into the product again.
"""

import jax
import jax.numpy as jnp
from jax import lax
from jaxtyping import Array, Float, PRNGKeyArray

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
        y = _matmul(x.reshape(-1, x.shape[-1]), self.weight).reshape(*x.shape[:-1], -1)
        return y if self.bias is None else y + self.bias


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
        y = _matmul_transposed(x.reshape(-1, x.shape[-1]), self.weight).reshape(*x.shape[:-1], -1)
        return y if self.bias is None else y + self.bias


@jax.custom_vjp
def _matmul(x: Float[Array, "rows size"], weight: Float[Array, "size out"]) -> Float[Array, "rows out"]:
    return x @ weight


def _matmul_backward(residuals: tuple[Array, Array], cotangent: Float[Array, "rows out"]) -> tuple[Array, Array]:
    x, weight = residuals
    return cotangent @ weight.T, _transpose(x) @ cotangent


@jax.custom_vjp
def _matmul_transposed(x: Float[Array, "rows size"], weight: Float[Array, "out size"]) -> Float[Array, "rows out"]:
    return x @ weight.T


def _matmul_transposed_backward(
    residuals: tuple[Array, Array], cotangent: Float[Array, "rows out"]
) -> tuple[Array, Array]:
    x, weight = residuals
    return cotangent @ weight, _transpose(cotangent) @ x


def _transpose(matrix: Float[Array, "rows columns"]) -> Float[Array, "columns rows"]:
    return lax.optimization_barrier(matrix.T)


_matmul.defvjp(lambda x, weight: (x @ weight, (x, weight)), _matmul_backward)
_matmul_transposed.defvjp(lambda x, weight: (x @ weight.T, (x, weight)), _matmul_transposed_backward)
