"""The fourth lecture's network, with a name for every tensor on the way and the gradient of each by hand.

One row per tensor: FORWARD says how it is computed from those before it, GRADIENTS how the gradient of the loss by it
is computed from those after it. `t` has the tensors by name, `d` the gradients found so far. Each gradient is the
chain rule for one row of FORWARD or two. Three rules are all it takes besides the derivatives of school:

- a tensor that is used twice has the sum of both gradients;
- where the forward pass repeats a row or a column, the gradient is summed over the repeats, and where it sums, the
  gradient is repeated;
- a matrix product A @ B has dA = dY @ B.T and dB = A.T @ dY, the only way in which the shapes fit.
"""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float, Int

from moregrad.backprop.operation import Array, namespace
from moregrad.torch_random import Generator

VOCAB, CONTEXT, EMBEDDING, HIDDEN = 27, 3, 10, 64
BATCH = 32
EPSILON = 1e-5

Tensors = dict[str, Any]

FORWARD: dict[str, Callable[[Any], Any]] = {
    "emb": lambda t: t.C[t.tokens],
    "embcat": lambda t: t.emb.reshape(len(t.emb), -1),
    "hprebn": lambda t: t.embcat @ t.W1 + t.b1,
    "bnmeani": lambda t: _over_rows(t.hprebn) / len(t.hprebn),
    "bndiff": lambda t: t.hprebn - t.bnmeani,
    "bndiff2": lambda t: t.bndiff**2,
    "bnvar": lambda t: _over_rows(t.bndiff2) / (len(t.bndiff2) - 1),
    "bnvar_inv": lambda t: (t.bnvar + EPSILON) ** -0.5,
    "bnraw": lambda t: t.bndiff * t.bnvar_inv,
    "hpreact": lambda t: t.bngain * t.bnraw + t.bnbias,
    "h": lambda t: namespace(t.hpreact).tanh(t.hpreact),
    "logits": lambda t: t.h @ t.W2 + t.b2,
    "logit_maxes": lambda t: t.logits.max(1, keepdims=True),
    "norm_logits": lambda t: t.logits - t.logit_maxes,
    "counts": lambda t: namespace(t.norm_logits).exp(t.norm_logits),
    "counts_sum": lambda t: t.counts.sum(1, keepdims=True),
    "counts_sum_inv": lambda t: t.counts_sum**-1,
    "probs": lambda t: t.counts * t.counts_sum_inv,
    "logprobs": lambda t: namespace(t.probs).log(t.probs),
    "loss": lambda t: -(t.logprobs * _one_hot(t.targets, VOCAB)).sum() / len(t.targets),
}

GRADIENTS: dict[str, Callable[[Any, Any], Any]] = {
    "logprobs": lambda t, d: _one_hot(t.targets, VOCAB) / -len(t.targets),
    "probs": lambda t, d: d.logprobs / t.probs,
    "counts_sum_inv": lambda t, d: (d.probs * t.counts).sum(1, keepdims=True),
    "counts_sum": lambda t, d: -(t.counts_sum**-2) * d.counts_sum_inv,
    "counts": lambda t, d: d.probs * t.counts_sum_inv + d.counts_sum,
    "norm_logits": lambda t, d: d.counts * t.counts,
    "logit_maxes": lambda t, d: -d.norm_logits.sum(1, keepdims=True),
    "logits": lambda t, d: d.norm_logits + d.logit_maxes * _one_hot(t.logits.argmax(1), VOCAB),
    "h": lambda t, d: d.logits @ t.W2.T,
    "W2": lambda t, d: t.h.T @ d.logits,
    "b2": lambda t, d: d.logits.sum(0),
    "hpreact": lambda t, d: (1 - t.h**2) * d.h,
    "bngain": lambda t, d: (d.hpreact * t.bnraw).sum(0),
    "bnbias": lambda t, d: d.hpreact.sum(0),
    "bnraw": lambda t, d: d.hpreact * t.bngain,
    "bnvar_inv": lambda t, d: _over_rows(d.bnraw * t.bndiff),
    "bnvar": lambda t, d: -0.5 * (t.bnvar + EPSILON) ** -1.5 * d.bnvar_inv,
    "bndiff2": lambda t, d: d.bnvar.repeat(len(t.bndiff2), 0) / (len(t.bndiff2) - 1),
    "bndiff": lambda t, d: d.bnraw * t.bnvar_inv + d.bndiff2 * 2 * t.bndiff,
    "bnmeani": lambda t, d: -_over_rows(d.bndiff),
    "hprebn": lambda t, d: d.bndiff + d.bnmeani / len(t.hprebn),
    "embcat": lambda t, d: d.hprebn @ t.W1.T,
    "W1": lambda t, d: t.embcat.T @ d.hprebn,
    "b1": lambda t, d: d.hprebn.sum(0),
    "emb": lambda t, d: d.embcat.reshape(t.emb.shape),
    "C": lambda t, d: _one_hot(t.tokens.reshape(-1), VOCAB).T @ d.emb.reshape(-1, EMBEDDING),
}


def draw_parameters(generator: Generator, *, hidden: int = HIDDEN) -> dict[str, Float[np.ndarray, "..."]]:
    """Draws the parameters by name in the lecture's order and scale; 4,137 numbers, or 12,297 with 200 hidden units.

    The lecture draws the gain and the bias of BatchNorm without a seed. Here they are 1 and 0, so that every figure
    can be had again.
    """
    size = CONTEXT * EMBEDDING
    return {
        "C": generator.randn(VOCAB, EMBEDDING),
        "W1": generator.randn(size, hidden) * np.float32(5 / 3 / size**0.5),
        "b1": generator.randn(hidden) * np.float32(0.1),
        "W2": generator.randn(hidden, VOCAB) * np.float32(0.1),
        "b2": generator.randn(VOCAB) * np.float32(0.1),
        "bngain": np.ones(hidden, np.float32),
        "bnbias": np.zeros(hidden, np.float32),
    }


def forward(
    parameters: Mapping[str, Any], tokens: Int[Array, "batch context"], targets: Int[Array, " batch"]
) -> Tensors:
    """Returns every tensor by name: what was given, the rows of FORWARD in their order, and the "loss" in nats."""
    return _run({**parameters, "tokens": tokens, "targets": targets}, {})


def backward(tensors: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the gradient of the loss by every tensor of GRADIENTS, given what `forward` returned."""
    t, d = SimpleNamespace(**tensors), SimpleNamespace()
    for name, gradient in GRADIENTS.items():
        setattr(d, name, gradient(t, d))
    return vars(d)


def automatic(tensors: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what `backward` does, found by JAX.

    A nudge of zero is added to every tensor; the gradient by the nudge is that by the tensor.
    """
    given = {name: value for name, value in tensors.items() if name not in FORWARD}
    nudges = {name: jnp.zeros_like(tensors[name]) for name in GRADIENTS}
    return jax.grad(lambda nudges: _run(given, nudges)["loss"])(nudges)


def _run(given: Mapping[str, Any], nudges: Mapping[str, Any]) -> Tensors:
    """Computes the rows of FORWARD, with a nudge added to every tensor that has one."""
    t = SimpleNamespace(**{name: value + nudges[name] if name in nudges else value for name, value in given.items()})
    for name, value in FORWARD.items():
        setattr(t, name, value(t) + nudges[name] if name in nudges else value(t))
    return vars(t)


def _over_rows(x: Float[Array, "rows size"]) -> Float[Array, "1 size"]:
    return x.sum(0, keepdims=True)


def _one_hot(tokens: Int[Array, " rows"], size: int) -> Float[Array, "rows size"]:
    return (tokens[:, None] == namespace(tokens).arange(size)).astype("float32")
