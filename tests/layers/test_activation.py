"""Activation functions."""

import math

import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.errors import ModelError
from moregrad.layers.activation import FUNCTIONS, GAINS, Activation

NUMBERS = [-3.0, -0.5, 0.0, 0.7, 2.5, 9.0]
DEFINITIONS = {
    "tanh": math.tanh,
    "relu": lambda x: max(x, 0.0),
    # Hendrycks & Gimpel 2016, the approximation by tanh that GPT-2 uses.
    "gelu": lambda x: 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_activation_is_its_definition(name: str):
    found = Activation(name)(jnp.asarray(NUMBERS))
    np.testing.assert_allclose(found, [DEFINITIONS[name](x) for x in NUMBERS], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", ["relu", "gelu"])
def test_a_rectifiers_gain_keeps_the_mean_square_of_normal_numbers(name: str):
    x = jnp.asarray(np.random.default_rng(0).standard_normal(100_000, np.float32))
    assert float(jnp.square(GAINS[name] * Activation(name)(x)).mean()) == pytest.approx(1, abs=0.2)


def test_every_activation_has_a_gain():
    assert GAINS.keys() == FUNCTIONS.keys()


def test_an_unknown_activation_is_named_with_those_known():
    with pytest.raises(ModelError, match="no activation 'swish'; choose one of tanh, relu, gelu"):
        Activation("swish")
