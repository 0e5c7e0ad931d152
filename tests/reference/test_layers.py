"""Every layer and its gradient in float64 against what PyTorch computed from the same numbers."""

import json
from collections.abc import Callable
from pathlib import Path

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from fixed_numbers import fixed_numbers
from jax import Array

from moregrad.layers.activation import Activation
from moregrad.layers.attention import Attention
from moregrad.layers.cells import Cell, GRUCell, LSTMCell, TanhCell
from moregrad.layers.convolution import Convolution
from moregrad.layers.embedding import Embedding, ProjectedEmbedding
from moregrad.layers.layer import Running
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.norm import BatchNorm, LayerNorm, RMSNorm
from moregrad.layers.positions import positions
from moregrad.layers.recurrent import Recurrent

RECORD = json.loads(Path(__file__).with_name("layers.json").read_text(encoding="utf-8"))["layers"]
KEY = jr.key(0)
TOLERANCE = 1e-12
QUICK = {"xla_backend_optimization_level": 0}
TOKENS = jnp.asarray([[1, 6, 0, 2], [1, 1, 3, 6]])
ONE_WORD = positions(jnp.asarray([[0, 1, 1, 1, 1]] * 3))


def double(name: str, *shape: int) -> Array:
    """The fixed numbers of `name` in float64."""
    return jnp.asarray(fixed_numbers(name, *shape), jnp.float64)


def batchnorm(correction: int) -> Callable[..., Array]:
    def observed(x: Array, gain: Array, bias: Array) -> Array:
        norm = BatchNorm(gain, bias, Running(jnp.zeros(4)), Running(jnp.ones(4)), 1e-5, 0.1, correction)
        return norm.observe(x, key=KEY)[0]

    return observed


def batchnorm_running(x: Array, gain: Array, bias: Array) -> Array:
    """PyTorch moves its running variance by that of n - 1 whichever it normalises by."""
    norm = BatchNorm.init(4, correction=1).observe(double("seen", 15, 4), key=KEY)[1]
    return BatchNorm(gain, bias, norm.mean, norm.variance, 1e-5, 0.1, 0)(x)


def recurrent(cell: Cell, x: Array, w: Array, b: Array, *start: Array) -> Array:
    return Recurrent(cell, start)(Linear(w.T, b)(x), ONE_WORD)


def gru(x: Array, w: Array, u: Array, b: Array, c: Array, start: Array) -> Array:
    """PyTorch's update gate keeps where moregrad's renews."""
    flip = jnp.repeat(jnp.asarray([1.0, -1.0, 1.0]), 6)
    cell = GRUCell(Linear((u * flip[:, None]).T, c * flip))
    return recurrent(cell, x, w * flip[:, None], b * flip, start)


def _projected(weight: Array) -> ProjectedEmbedding:
    return ProjectedEmbedding(Embedding(weight[:, ::-1]), Linear(jnp.eye(4)[::-1], None))


def convolution(x: Array, weight: Array, bias: Array) -> Array:
    return Convolution(Linear(weight.transpose(2, 1, 0).reshape(12, 6), bias), 3, 2)(x, ONE_WORD)


def attention(x: Array, qkv: Array, b: Array, out: Array, c: Array) -> Array:
    return Attention(Linear(qkv.T, b), Linear(out.T, c), 2, 5, False)(x, ONE_WORD)


LAYERS: dict[str, tuple[str, Callable[..., Array]]] = {
    "Linear": ("linear", lambda x, weight, bias: Linear(weight.T, bias)(x)),
    "TransposedLinear": ("linear", lambda x, weight, bias: TransposedLinear(weight, bias)(x)),
    "Embedding": ("embedding", lambda weight: Embedding(weight)(TOKENS)),
    "ProjectedEmbedding": ("embedding", lambda weight: _projected(weight)(TOKENS)),
    "BatchNorm by n": ("batchnorm_n", batchnorm(0)),
    "BatchNorm by n - 1": ("batchnorm_n_minus_1", batchnorm(1)),
    "BatchNorm predicting": ("batchnorm_running", batchnorm_running),
    "LayerNorm": ("layernorm", lambda x, gain, bias: LayerNorm(gain, bias, 1e-5)(x)),
    "RMSNorm": ("rmsnorm", lambda x, gain: RMSNorm(gain, 1e-5)(x)),
    "tanh": ("tanh", Activation("tanh")),
    "relu": ("relu", Activation("relu")),
    "gelu": ("gelu", Activation("gelu")),
    "TanhCell": ("rnn", lambda x, w, u, b, start: recurrent(TanhCell(Linear(u.T, None)), x, w, b, start)),
    "GRUCell": ("gru", gru),
    "LSTMCell": (
        "lstm",
        lambda x, w, u, b, c, start, memory: recurrent(LSTMCell(Linear(u.T, c)), x, w, b, start, memory),
    ),
    "Convolution": ("convolution", convolution),
    "Attention": ("attention", attention),
}


@pytest.mark.parametrize("layer", LAYERS)
@jax.enable_x64(True)
def test_a_layer_and_its_gradient_are_those_of_pytorch(layer: str):
    name, function = LAYERS[layer]
    figures = RECORD[name]
    given = {key: double(f"{name} {key}", *shape) for key, shape in figures["shapes"].items()}
    cotangent = double(f"{name} cotangent", *np.shape(figures["output"]))

    def value_and_gradient(given: dict[str, Array]) -> tuple[Array, dict[str, Array]]:
        output, pullback = jax.vjp(lambda given: function(*(given[key] for key in figures["shapes"])), given)
        return output, pullback(cotangent)[0]

    output, gradients = jax.jit(value_and_gradient, compiler_options=QUICK)(given)
    assert output.dtype == jnp.float64
    np.testing.assert_allclose(output, figures["output"], rtol=TOLERANCE, atol=TOLERANCE)
    for key, expected in figures["gradients"].items():
        np.testing.assert_allclose(gradients[key], expected, rtol=TOLERANCE, atol=TOLERANCE, err_msg=key)
