"""The causal convolution against a sum written out."""

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.layers.convolution import Convolution, Gate

X = np.random.default_rng(0).standard_normal((2, 6, 3)).astype(np.float32)
POSITIONS = np.array([[0, 1, 2, 0, 1, 2], [0, 1, 2, 3, 4, 5]])


def convolve(layer: Convolution) -> np.ndarray:
    """Sums the products of every tap that lies inside the word."""
    weight = np.asarray(layer.linear.weight).reshape(layer.kernel_size, 3, -1)
    y = np.tile(np.asarray(layer.linear.bias), (*X.shape[:2], 1))
    for row, time in np.ndindex(*POSITIONS.shape):
        for tap in range(layer.kernel_size):
            delay = layer.dilation * (layer.kernel_size - 1 - tap)
            if delay <= POSITIONS[row, time]:
                y[row, time] += X[row, time - delay] @ weight[tap]
    return y


@pytest.mark.parametrize(("kernel_size", "dilation"), [(1, 1), (2, 1), (3, 2)])
def test_a_convolution_is_a_sum_over_its_kernel_inside_the_word(kernel_size: int, dilation: int):
    layer = Convolution.init(3, 4, kernel_size=kernel_size, dilation=dilation, key=jr.key(0))
    found = layer(jnp.asarray(X), jnp.asarray(POSITIONS))
    np.testing.assert_allclose(found, convolve(layer), rtol=1e-4, atol=1e-5)


def test_advancing_gives_what_the_whole_gives():
    layer = Convolution.init(3, 4, kernel_size=3, dilation=2, key=jr.key(0))
    state, expected = layer.begin(2), convolve(layer)
    for time in range(6):
        y, state = layer.advance(state, jnp.asarray(X[:, time]), jnp.asarray(POSITIONS[:, time]))
        np.testing.assert_allclose(y, expected[:, time], rtol=1e-4, atol=1e-5)


def test_outputs_of_a_new_layer_have_the_deviation_asked_for():
    layer = Convolution.init(100, 50, kernel_size=2, gain=3.0, key=jr.key(0))
    assert float(layer.linear.weight.std()) == pytest.approx(3 / 200**0.5, rel=0.05)


def test_the_gate_multiplies_the_tanh_of_one_half_by_the_sigmoid_of_the_other():
    value, gate = np.split(X.reshape(6, 6), 2, axis=1)
    found = Gate()(jnp.asarray(X.reshape(6, 6)))
    np.testing.assert_allclose(found, np.tanh(value) / (1 + np.exp(-gate)), rtol=1e-5)


def test_what_lies_further_back_than_the_row_is_long_reads_zero_and_takes_no_memory():
    layer = Convolution.init(3, 2, kernel_size=2, dilation=10**9, key=jr.key(0))
    present = np.asarray(layer.linear.weight)[3:]
    assert np.allclose(layer(jnp.asarray(X)), X @ present + np.asarray(layer.linear.bias), atol=1e-6)
