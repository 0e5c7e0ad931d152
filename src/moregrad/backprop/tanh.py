"""The hyperbolic tangent."""

from jax.tree_util import Partial
from jaxtyping import Float

from moregrad.backprop.operation import Array, Pullback, namespace


def tanh(x: Float[Array, "*axes"]) -> tuple[Float[Array, "*axes"], Pullback]:
    """Computes the hyperbolic tangent, element by element.

    y = tanh(x)
    dx = (1 - y ** 2) * dy
    """
    y = namespace(x).tanh(x)
    return y, Partial(_pull, y)


def _pull(y: Array, dy: Array) -> tuple[Array]:
    return ((1 - y * y) * dy,)
