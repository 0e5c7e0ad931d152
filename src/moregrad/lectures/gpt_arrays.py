"""The GPT of gpt.py on arrays: the loss of a name, and its gradient written by hand."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
from jaxtyping import Float, Int

from moregrad.backprop import attention, cross_entropy, embedding, linear
from moregrad.backprop.operation import Array, Pullback, namespace
from moregrad.lectures.gpt import EPSILON, GPT, HEADS, Row

Weights = Mapping[str, Array]


def to_arrays(model: GPT) -> dict[str, Float[np.ndarray, "rows columns"]]:
    """Returns the parameters by name, float64; matrices are stored (in, out), queries, keys and values as one."""
    qkv = [*model.query, *model.key, *model.value]
    rows = {"token_embedding": model.token_embedding, "position_embedding": model.position_embedding}
    columns = {"qkv": qkv, "mix": model.mix, "widen": model.widen, "narrow": model.narrow, "head": model.head}
    return {
        **{name: _to_array(matrix) for name, matrix in rows.items()},
        **{name: _to_array(matrix).T for name, matrix in columns.items()},
    }


def loss(weights: Weights, tokens: Int[Array, " length"]) -> tuple[Any, Callable[[Any], Weights]]:
    """Computes the mean surprisal, in nats, of each token of a name after the first; the arrays are NumPy's or JAX's.

    The pullback takes the gradient of the loss, which is 1 where the loss is all there is, and returns the gradients of
    the weights by name.
    """
    embedded, pull_embedding = embedding(tokens[:-1], weights["token_embedding"])
    x, pull_norm = _normalize(embedded + weights["position_embedding"][: len(embedded)])
    normal, pull_first = _normalize(x)
    no_bias = namespace(x).zeros(3 * x.shape[1])
    mixed, pull_attention = attention(
        normal[None], weights["qkv"], no_bias, weights["mix"], no_bias[: x.shape[1]], heads=HEADS
    )
    x = x + mixed[0]
    normal, pull_second = _normalize(x)
    wide, pull_wide = linear(normal, weights["widen"])
    open_ = wide > 0
    narrow, pull_narrow = linear(wide * open_, weights["narrow"])
    logits, pull_head = linear(x + narrow, weights["head"])
    value, pull_loss = cross_entropy(logits, tokens[1:])

    def pull(dvalue: Any) -> Weights:
        dx, dhead = pull_head(pull_loss(dvalue)[0])
        dhidden, dnarrow = pull_narrow(dx)
        dnormal, dwiden = pull_wide(dhidden * open_)
        dx = dx + pull_second(dnormal)[0]
        dnormal, dqkv, _, dmix, _ = pull_attention(dx[None])
        (dembedded,) = pull_norm(dx + pull_first(dnormal[0])[0])
        unused = weights["position_embedding"][len(dembedded) :]
        return {
            "token_embedding": pull_embedding(dembedded)[1],
            "position_embedding": namespace(dembedded).concatenate([dembedded, 0 * unused]),
            "qkv": dqkv,
            "mix": dmix,
            "widen": dwiden,
            "narrow": dnarrow,
            "head": dhead,
        }

    return value, pull


def _normalize(x: Float[Array, "time size"]) -> tuple[Float[Array, "time size"], Pullback]:
    """Scales every vector to a mean square of about 1 (Zhang & Sennrich 2019).

    y = s * x        s = 1 / sqrt(mean(x**2) + epsilon)
    dx = s * (dy - y * mean(dy * y))
    """
    scale = ((x**2).mean(-1, keepdims=True) + EPSILON) ** -0.5
    y = scale * x
    return y, partial(_pull_normal, y, scale)


def _pull_normal(y: Array, scale: Array, dy: Float[Array, "time size"]) -> tuple[Float[Array, "time size"]]:
    return (scale * (dy - y * (dy * y).mean(-1, keepdims=True)),)


def _to_array(matrix: list[Row]) -> Float[np.ndarray, "rows columns"]:
    return np.array([[p.data for p in row] for row in matrix])
