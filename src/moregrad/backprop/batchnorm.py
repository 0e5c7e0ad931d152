"""Batch normalisation in one formula (Ioffe & Szegedy 2015)."""

from jax.tree_util import Partial
from jaxtyping import Float

from moregrad.backprop.operation import Array, Pullback, namespace
from moregrad.errors import ModelError


def batchnorm(
    x: Float[Array, "*axes size"],
    gain: Float[Array, " size"],
    bias: Float[Array, " size"],
    *,
    epsilon: float = 1e-5,
    correction: int = 1,
) -> tuple[Float[Array, "*axes size"], Pullback]:
    """Normalises over every axis but the last, then scales and shifts; raises ModelError for a single row.

    With n rows, all sums and means over them, `correction` 1 as in the lectures or 0 as in PyTorch:

    scale = 1 / sqrt(variance + epsilon), where the variance divides by n - correction
    normal = scale * (x - mean)
    y = gain * normal + bias
    dgain = the sum of dy * normal        dbias = the sum of dy
    dx = gain * scale * (dy - dbias / n - normal * dgain / (n - correction))
    """
    xp, rows = namespace(x), two_rows(x)
    scale = 1 / xp.sqrt(xp.var(rows, axis=0, correction=correction) + epsilon)
    normal = scale * (rows - rows.mean(0))
    y = (gain * normal + bias).reshape(x.shape)
    return y, Partial(_pull, normal, scale, gain, len(rows) - correction)


def _pull(normal: Array, scale: Array, gain: Array, divisor: int, dy: Array) -> tuple[Array, Array, Array]:
    rows = dy.reshape(normal.shape)
    dgain, dbias = (rows * normal).sum(0), rows.sum(0)
    dx = gain * scale * (rows - dbias / len(rows) - normal * (dgain / divisor))
    return dx.reshape(dy.shape), dgain, dbias


def two_rows(x: Float[Array, "*axes size"]) -> Float[Array, "rows size"]:
    """Returns the vectors of `x` as rows, of which there must be two."""
    rows = x.reshape(-1, x.shape[-1])
    if len(rows) < 2:
        given = "1 row, which has no deviation" if len(rows) else "no rows"
        raise ModelError(f"BatchNorm was given {given}: train with a batch of 2 or more")
    return rows
