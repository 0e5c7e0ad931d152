"""From scores to probabilities."""

from jax.tree_util import Partial
from jaxtyping import Float

from moregrad.backprop.operation import Array, Pullback, namespace


def softmax(x: Float[Array, "*axes size"]) -> tuple[Float[Array, "*axes size"], Pullback]:
    """Computes the softmax over the last axis; the greatest score is subtracted first, so that nothing overflows.

    y = exp(x) / the sum of exp(x)
    dx = y * (dy - the sum of dy * y)        (over the last axis)
    """
    powers = namespace(x).exp(x - x.max(-1, keepdims=True))
    y = powers / powers.sum(-1, keepdims=True)
    return y, Partial(_pull, y)


def _pull(y: Array, dy: Array) -> tuple[Array]:
    return (y * (dy - (dy * y).sum(-1, keepdims=True)),)
