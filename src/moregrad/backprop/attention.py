"""Causal self-attention with its projections (Vaswani et al. 2017)."""

from jax.tree_util import Partial
from jaxtyping import Float

from moregrad.backprop.linear import linear
from moregrad.backprop.operation import Array, Pullback, namespace
from moregrad.backprop.softmax import softmax

PerHead = Float[Array, "batch heads time depth"]


def attention(
    x: Float[Array, "batch time size"],
    qkv: Float[Array, "size joined"],
    qkv_bias: Float[Array, " joined"],
    out: Float[Array, "size size"],
    out_bias: Float[Array, " size"],
    *,
    heads: int = 1,
) -> tuple[Float[Array, "batch time size"], Pullback]:
    """Computes multi-head attention of every position to itself and those before it.

    q, k, v = x @ qkv + qkv_bias, each divided among the heads, with `depth` numbers for one
    scores = q @ k.T / sqrt(depth), minus infinity where the key comes later
    weights = softmax(scores)
    mixed = weights @ v
    y = mixed of all heads, joined, @ out + out_bias

    From the bottom up, where dmixed is that of the linear map `out` and dscores that of the softmax:

    dweights = dmixed @ v.T           dv = weights.T @ dmixed
    dq = dscores @ k / sqrt(depth)    dk = dscores.T @ q / sqrt(depth)
    dx, dqkv and dqkv_bias are those of the linear map `qkv` for dq, dk and dv
    """
    xp, time = namespace(x), x.shape[1]
    joined, pull_qkv = linear(x, qkv, qkv_bias)
    q, k, v = (_part(each, heads) for each in xp.split(joined, 3, axis=-1))
    scores = q @ _transpose(k) / q.shape[-1] ** 0.5
    weights, pull_softmax = softmax(xp.where(xp.tri(time, dtype=bool), scores, -xp.inf))
    y, pull_out = linear(_join(weights @ v), out, out_bias)
    return y, Partial(_pull, pull_qkv, pull_softmax, pull_out, q, k, v, weights)


def _pull(
    pull_qkv: Pullback,
    pull_softmax: Pullback,
    pull_out: Pullback,
    q: PerHead,
    k: PerHead,
    v: PerHead,
    weights: Float[Array, "batch heads time time"],
    dy: Float[Array, "batch time size"],
) -> tuple[Array, ...]:
    djoined, dout, dout_bias = pull_out(dy)
    dmixed = _part(djoined, q.shape[1])
    dv = _transpose(weights) @ dmixed
    (dscores,) = pull_softmax(dmixed @ _transpose(v))
    dscores = dscores / q.shape[-1] ** 0.5
    dq, dk = dscores @ k, _transpose(dscores) @ q
    dx, dqkv, dqkv_bias = pull_qkv(namespace(q).concatenate([_join(dq), _join(dk), _join(dv)], axis=-1))
    return dx, dqkv, dqkv_bias, dout, dout_bias


def _part(x: Float[Array, "batch time size"], heads: int) -> PerHead:
    return x.reshape(*x.shape[:2], heads, -1).swapaxes(1, 2)


def _join(x: PerHead) -> Float[Array, "batch time size"]:
    batch, heads, time, depth = x.shape
    return x.swapaxes(1, 2).reshape(batch, time, heads * depth)


def _transpose(x: Float[Array, "*axes rows columns"]) -> Float[Array, "*axes columns rows"]:
    return x.swapaxes(-1, -2)
