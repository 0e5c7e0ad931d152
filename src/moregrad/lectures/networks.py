"""The lectures' networks, with initial weights drawn from torch's generator in the lectures' order and scale."""

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
from moregrad.models.window_model import WindowModel
from moregrad.torch_random import Generator

VOCAB = 27

KAIMING = 5 / 3 / 30**0.5
"""Gain of tanh over the root of the 30 inputs (He et al. 2015)."""


def one_layer(generator: Generator) -> WindowModel:
    """Part 1: a row of 27 logits for each token; 729 parameters."""
    return _stack(1, _randn(generator, VOCAB, VOCAB), [])


def first_mlp(generator: Generator) -> WindowModel:
    """Part 2, as first built: everything normal and unscaled; 3,481 parameters."""
    table = _randn(generator, VOCAB, 2)
    hidden = Linear(_randn(generator, 6, 100), _randn(generator, 100))
    head = _head(_randn(generator, 100, VOCAB), _randn(generator, VOCAB))
    return _stack(3, table, [FlattenConsecutive(3), hidden, Activation("tanh"), head])


def plain_mlp(
    generator: Generator, *, hidden: float = 1.0, hidden_bias: float = 1.0, head: float = 1.0, head_bias: float = 1.0
) -> WindowModel:
    """Parts 2 and 3: 200 hidden units, normal weights of these four deviations; 11,897 parameters."""
    table = _randn(generator, VOCAB, 10)
    layer = Linear(_randn(generator, 30, 200, scale=hidden), _randn(generator, 200, scale=hidden_bias))
    last = _head(_randn(generator, 200, VOCAB, scale=head), _randn(generator, VOCAB, scale=head_bias))
    return _stack(3, table, [FlattenConsecutive(3), layer, Activation("tanh"), last])


def batchnorm_mlp(generator: Generator) -> WindowModel:
    """Part 3: gain 5/3 before the tanh, a small head, and BatchNorm written inline; 12,097 parameters."""
    table = _randn(generator, VOCAB, 10)
    hidden = Linear(_randn(generator, 30, 200, scale=KAIMING), None)
    head = _head(_randn(generator, 200, VOCAB, scale=0.01), _randn(generator, VOCAB, scale=0.0))
    return _stack(3, table, [FlattenConsecutive(3), hidden, DeviationNorm.init(200), Activation("tanh"), head])


def deep_mlp(generator: Generator) -> WindowModel:
    """Part 3, in classes: six linear layers, each with BatchNorm, the last one's scale 0.1; 47,024 parameters."""
    table = _randn(generator, VOCAB, 10)
    layers: list[Layer] = [FlattenConsecutive(3)]
    for size in (30, 100, 100, 100, 100):
        layers += [_unit_linear(generator, size, 100), BatchNorm.init(100), Activation("tanh")]
    head_norm = eqx.tree_at(lambda norm: norm.gain, BatchNorm.init(VOCAB), jnp.full(VOCAB, 0.1))
    return _stack(3, table, [*layers, _unit_linear(generator, 100, VOCAB), head_norm])


def wavenet(generator: Generator) -> WindowModel:
    """Part 5: eight tokens joined two by two, three times; 76,579 parameters."""
    table = _randn(generator, VOCAB, 24)
    layers: list[Layer] = []
    for size in (48, 256, 256):
        layers += [FlattenConsecutive(2), _unit_linear(generator, size, 128), BatchNorm.init(128), Activation("tanh")]
    head = _head(_randn(generator, 128, VOCAB, scale=0.1 / 128**0.5), jnp.zeros(VOCAB))
    return _stack(8, table, [*layers, head])


def _randn(generator: Generator, *shape: int, scale: float = 1.0) -> Float[Array, "..."]:
    return jnp.asarray(generator.randn(*shape) * np.float32(scale))


def _unit_linear(generator: Generator, size: int, out: int) -> Linear:
    return Linear(_randn(generator, size, out, scale=size**-0.5), None)


def _head(weight: Float[Array, "size vocab"], bias: Float[Array, " vocab"]) -> TransposedLinear:
    return TransposedLinear(weight.T, bias)


def _stack(context: int, table: Float[Array, "vocab size"], layers: list[Layer]) -> WindowModel:
    return WindowModel(embedding=Embedding(table), layers=Sequential.of(layers), context=context, padding=0)
