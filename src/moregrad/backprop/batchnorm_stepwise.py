"""Batch normalisation step by step, one line per step forwards and one backwards."""

from jax.tree_util import Partial
from jaxtyping import Float

from moregrad.backprop.batchnorm import two_rows
from moregrad.backprop.operation import Array, Pullback, namespace


def batchnorm_stepwise(
    x: Float[Array, "*axes size"],
    gain: Float[Array, " size"],
    bias: Float[Array, " size"],
    *,
    epsilon: float = 1e-5,
    correction: int = 1,
) -> tuple[Float[Array, "*axes size"], Pullback]:
    """Computes what `batchnorm` does, and its gradient by the chain rule alone.

    mean = sum of x / n                          dx = dcentred + dmean / n
    centred = x - mean                           dmean = -sum of dcentred
    squares = centred ** 2                       dcentred = scale * dnormal + 2 * centred * dsquares
    variance = sum of squares / (n - correction) dsquares = dvariance / (n - correction)
    scale = (variance + epsilon) ** -0.5         dvariance = -0.5 * scale ** 3 * dscale
    normal = scale * centred                     dscale = sum of centred * dnormal
    y = gain * normal + bias                     dnormal = gain * dy, dgain = sum of normal * dy, dbias = sum of dy

    The right column is read from the bottom up. Sums are over rows; raises ModelError for a single row.
    """
    xp, rows = namespace(x), two_rows(x)
    mean = rows.sum(0) / len(rows)
    centred = rows - mean
    squares = centred**2
    variance = squares.sum(0) / (len(rows) - correction)
    scale = 1 / xp.sqrt(variance + epsilon)
    normal = scale * centred
    y = gain * normal + bias
    return y.reshape(x.shape), Partial(_pull, centred, scale, normal, gain, len(rows) - correction)


def _pull(
    centred: Array, scale: Array, normal: Array, gain: Array, divisor: int, dy: Array
) -> tuple[Array, Array, Array]:
    rows = dy.reshape(normal.shape)
    dnormal, dgain, dbias = gain * rows, (normal * rows).sum(0), rows.sum(0)
    dscale = (centred * dnormal).sum(0)
    dvariance = -0.5 * scale**3 * dscale
    dsquares = dvariance / divisor
    dcentred = scale * dnormal + 2 * centred * dsquares
    dmean = -dcentred.sum(0)
    dx = dcentred + dmean / len(rows)
    return dx.reshape(dy.shape), dgain, dbias
