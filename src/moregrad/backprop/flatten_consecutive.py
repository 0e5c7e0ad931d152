"""Neighbours along time joined into longer vectors."""

from jax.tree_util import Partial
from jaxtyping import Float

from moregrad.backprop.operation import Array, Pullback


def flatten_consecutive(
    x: Float[Array, "*axes time size"], count: int
) -> tuple[Float[Array, "*axes joined longer"], Pullback]:
    """Joins each `count` neighbours along time into one vector; no number changes, so the gradient only goes back.

    y = x with axes (time / count, size * count)
    dx = dy with the axes of x
    """
    *axes, time, size = x.shape
    return x.reshape(*axes, time // count, size * count), Partial(_pull, x)


def _pull(x: Array, dy: Array) -> tuple[Array]:
    return (dy.reshape(x.shape),)
