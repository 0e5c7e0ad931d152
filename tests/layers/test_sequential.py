"""Layers in a row: every promise of the one contract passes through."""

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.layers import (
    Activation,
    Attention,
    BatchNorm,
    Convolution,
    Dropout,
    FlattenConsecutive,
    Layer,
    Linear,
    Residual,
    RMSNorm,
    Sequential,
)

SIZE = 8
POSITIONS = jnp.asarray([[0, 1, 2, 0, 1], [0, 1, 2, 3, 4]])


def block(dropout: float = 0.0) -> Sequential:
    """A Transformer's block and a convolution's."""
    keys = jr.split(jr.key(0), 4)
    attention = Attention.init(SIZE, heads=2, window=3, rotary=True, bias=True, key=keys[0])
    convolution = Convolution.init(SIZE, SIZE, kernel_size=2, dilation=2, key=keys[1])
    return Sequential.of(
        [
            Residual.around(RMSNorm.init(SIZE), attention, Dropout.of(dropout)),
            Residual.around(Linear.init(SIZE, SIZE, key=keys[2]), Activation("tanh"), convolution),
        ]
    )


def x(seed: int = 1) -> jnp.ndarray:
    return jr.normal(jr.key(seed), (*POSITIONS.shape, SIZE))


@pytest.mark.parametrize(
    "wrap", [lambda norm: Sequential.of([norm]), lambda norm: Residual.around(norm)], ids=["Sequential", "Residual"]
)
def test_running_statistics_of_what_is_inside_are_kept(wrap):
    layer: Layer = wrap(BatchNorm.init(3, momentum=1.0))
    batch = 7 + jr.normal(jr.key(0), (64, 3))
    _, refreshed = layer.observe(batch, key=jr.key(1))
    predicted = refreshed(batch) - (batch if isinstance(layer, Residual) else 0)
    np.testing.assert_allclose(predicted.mean(0), 0, atol=1e-5)


def test_advancing_gives_what_the_whole_gives():
    layers, whole = block(), block()(x(), POSITIONS)
    state = layers.begin(2)
    for time in range(POSITIONS.shape[1]):
        y, state = layers.advance(state, x()[:, time], POSITIONS[:, time])
        np.testing.assert_allclose(y, whole[:, time], rtol=1e-4, atol=1e-5)


def test_without_positions_a_row_is_one_word():
    layers = block()
    np.testing.assert_array_equal(layers(x()), layers(x(), jnp.broadcast_to(jnp.arange(5), (2, 5))))


def test_dropout_inside_acts_while_training_only_and_by_the_key():
    layers = block(dropout=0.5)
    first, again, other = (layers.observe(x(), POSITIONS, key=jr.key(seed))[0] for seed in (1, 1, 2))
    assert jnp.array_equal(first, again)
    assert not jnp.allclose(first, other)
    assert not jnp.allclose(first, layers(x(), POSITIONS))


def test_neighbours_are_joined_in_order():
    joined = FlattenConsecutive(2)(jnp.arange(8.0).reshape(1, 4, 2))
    assert joined.tolist() == [[[0, 1, 2, 3], [4, 5, 6, 7]]]
