"""Layer normalisation (Ba, Kiros & Hinton 2016)."""

from jax.tree_util import Partial
from jaxtyping import Float

from moregrad.backprop.operation import Array, Pullback, namespace


def layernorm(
    x: Float[Array, "*axes size"],
    gain: Float[Array, " size"],
    bias: Float[Array, " size"],
    *,
    epsilon: float = 1e-5,
) -> tuple[Float[Array, "*axes size"], Pullback]:
    """Normalises every vector to mean zero and deviation one, then scales and shifts.

    With means over the last axis:

    scale = 1 / sqrt(variance + epsilon)
    normal = scale * (x - mean)
    y = gain * normal + bias
    dnormal = gain * dy
    dx = scale * (dnormal - mean of dnormal - normal * mean of dnormal * normal)
    dgain = the sum of dy * normal        dbias = the sum of dy        (over all rows)
    """
    scale = 1 / namespace(x).sqrt(x.var(-1, keepdims=True) + epsilon)
    normal = scale * (x - x.mean(-1, keepdims=True))
    return gain * normal + bias, Partial(_pull, normal, scale, gain)


def _pull(normal: Array, scale: Array, gain: Array, dy: Array) -> tuple[Array, Array, Array]:
    dnormal = gain * dy
    along = (dnormal * normal).mean(-1, keepdims=True)
    dx = scale * (dnormal - dnormal.mean(-1, keepdims=True) - normal * along)
    size = len(gain)
    return dx, (dy * normal).reshape(-1, size).sum(0), dy.reshape(-1, size).sum(0)
