"""The lectures' networks with their initial weights, drawn from torch's stream in the lectures' order and scale."""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from moregrad.layers.activation import Activation
from moregrad.layers.embedding import Embedding
from moregrad.layers.layer import Layer
from moregrad.layers.linear import Linear, TransposedLinear
from moregrad.layers.norm import BatchNorm
from moregrad.layers.sequential import FlattenConsecutive, Sequential
from moregrad.lectures.norm import DeviationNorm
from moregrad.lectures.stream import TorchStream
from moregrad.models.window_model import WindowModel

VOCAB = 27


def one_layer(stream: TorchStream) -> WindowModel:
    """Part 1: a row of 27 logits for each token; 729 parameters."""
    return _stack(1, _normal(stream, VOCAB, VOCAB), [])


def first_mlp(stream: TorchStream) -> WindowModel:
    """Part 2, as first built: everything normal and unscaled; 3,481 parameters."""
    table = _normal(stream, VOCAB, 2)
    hidden = Linear(_normal(stream, 6, 100), _normal(stream, 100))
    head = _head(_normal(stream, 100, VOCAB), _normal(stream, VOCAB))
    return _stack(3, table, [FlattenConsecutive(3), hidden, Activation("tanh"), head])


def batchnorm_mlp(stream: TorchStream) -> WindowModel:
    """Part 3: gain 5/3 before the tanh, a small head, and BatchNorm written inline; 12,097 parameters."""
    table = _normal(stream, VOCAB, 10)
    hidden = Linear(_normal(stream, 30, 200, scale=5 / 3 / 30**0.5), None)
    head = _head(_normal(stream, 200, VOCAB, scale=0.01), _normal(stream, VOCAB, scale=0.0))
    return _stack(3, table, [FlattenConsecutive(3), hidden, DeviationNorm.init(200), Activation("tanh"), head])


def deep_mlp(stream: TorchStream) -> WindowModel:
    """Part 3, in classes: six linear layers, each with BatchNorm, the last one's scale 0.1; 47,024 parameters."""
    table = _normal(stream, VOCAB, 10)
    layers: list[Layer] = [FlattenConsecutive(3)]
    for size in (30, 100, 100, 100, 100):
        layers += [_unit_linear(stream, size, 100), BatchNorm.init(100), Activation("tanh")]
    head_norm = eqx.tree_at(lambda norm: norm.gain, BatchNorm.init(VOCAB), jnp.full(VOCAB, 0.1))
    return _stack(3, table, [*layers, _unit_linear(stream, 100, VOCAB), head_norm])


def wavenet(stream: TorchStream) -> WindowModel:
    """Part 5: eight tokens joined two by two, three times; 76,579 parameters."""
    table = _normal(stream, VOCAB, 24)
    layers: list[Layer] = []
    for size in (48, 256, 256):
        layers += [FlattenConsecutive(2), _unit_linear(stream, size, 128), BatchNorm.init(128), Activation("tanh")]
    head = _head(_normal(stream, 128, VOCAB, scale=0.1 / 128**0.5), jnp.zeros(VOCAB))
    return _stack(8, table, [*layers, head])


def _normal(stream: TorchStream, *shape: int, scale: float = 1.0) -> Float[Array, "..."]:
    return jnp.asarray(stream.randn(*shape) * np.float32(scale))


def _unit_linear(stream: TorchStream, size: int, out: int) -> Linear:
    return Linear(_normal(stream, size, out, scale=size**-0.5), None)


def _head(weight: Float[Array, "size vocab"], bias: Float[Array, " vocab"]) -> TransposedLinear:
    return TransposedLinear(weight.T, bias)


def _stack(context: int, table: Float[Array, "vocab size"], layers: list[Layer]) -> WindowModel:
    return WindowModel(embedding=Embedding(table), layers=Sequential.of(layers), context=context, padding=0)
