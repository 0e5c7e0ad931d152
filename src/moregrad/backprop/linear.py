"""The affine map, with its weight stored in two layouts.

XLA's CPU backend multiplies two plain matrices fast, but is slow with more axes or with a transposed left operand. So
leading axes are flattened to one, and the left operand is transposed beforehand, behind a barrier that keeps XLA from
fusing the transposition into the product again.
"""

import jax
from jax import lax
from jax.tree_util import Partial
from jaxtyping import Float

from moregrad.backprop.operation import Array, Pullback


def linear(
    x: Float[Array, "*axes size"], weight: Float[Array, "size out"], bias: Float[Array, " out"] | None = None
) -> tuple[Float[Array, "*axes out"], Pullback]:
    """Computes the affine map of every vector; without `bias`, the pullback returns two gradients.

    y = x @ weight + bias
    dx = dy @ weight.T
    dweight = x.T @ dy        dbias = the sum of dy        (over all rows)
    """
    y = (_rows(x) @ weight).reshape(*x.shape[:-1], weight.shape[1])
    if bias is None:
        return y, Partial(_pull, x, weight)
    return y + bias, Partial(_pull_with_bias, x, weight)


def transposed_linear(
    x: Float[Array, "*axes size"], weight: Float[Array, "out size"], bias: Float[Array, " out"] | None = None
) -> tuple[Float[Array, "*axes out"], Pullback]:
    """Computes the affine map with the weight stored as PyTorch stores it.

    y = x @ weight.T + bias
    dx = dy @ weight
    dweight = dy.T @ x        dbias = the sum of dy        (over all rows)
    """
    y = (_rows(x) @ weight.T).reshape(*x.shape[:-1], weight.shape[0])
    if bias is None:
        return y, Partial(_pull_transposed, x, weight)
    return y + bias, Partial(_pull_transposed_with_bias, x, weight)


def _pull(x: Array, weight: Array, dy: Array) -> tuple[Array, Array]:
    rows = _rows(dy)
    return (rows @ weight.T).reshape(x.shape), _transpose(_rows(x)) @ rows


def _pull_with_bias(x: Array, weight: Array, dy: Array) -> tuple[Array, Array, Array]:
    return *_pull(x, weight, dy), _rows(dy).sum(0)


def _pull_transposed(x: Array, weight: Array, dy: Array) -> tuple[Array, Array]:
    rows = _rows(dy)
    return (rows @ weight).reshape(x.shape), _transpose(rows) @ _rows(x)


def _pull_transposed_with_bias(x: Array, weight: Array, dy: Array) -> tuple[Array, Array, Array]:
    return *_pull_transposed(x, weight, dy), _rows(dy).sum(0)


def _rows(x: Float[Array, "*axes size"]) -> Float[Array, "rows size"]:
    return x.reshape(-1, x.shape[-1])


def _transpose(matrix: Float[Array, "rows columns"]) -> Float[Array, "columns rows"]:
    return lax.optimization_barrier(matrix.T) if isinstance(matrix, jax.Array) else matrix.T
