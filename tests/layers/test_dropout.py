"""Dropout."""

import jax
import jax.numpy as jnp
import jax.random as jr
import pytest

from moregrad.layers.dropout import Dropout
from moregrad.layers.layer import parameters

KEY = jr.key(0)


def test_dropout_keeps_the_mean_and_zeroes_its_share_while_training_only():
    layer, x = Dropout.of(0.25), jnp.ones(40_000)
    observed, _ = layer.observe(x, key=KEY)
    assert float((observed == 0).mean()) == pytest.approx(0.25, abs=0.01)
    assert float(observed.mean()) == pytest.approx(1, abs=0.01)
    assert set(observed.tolist()) == {0.0, float(jnp.float32(1) / jnp.float32(0.75))}
    assert (layer(x) == x).all()


def test_the_key_decides_what_is_zeroed():
    first, again, other = (Dropout.of(0.5).observe(jnp.ones(99), key=jr.key(seed))[0] for seed in (1, 1, 2))
    assert jnp.array_equal(first, again)
    assert not jnp.array_equal(first, other)


def test_without_a_rate_nothing_happens():
    x = jnp.ones(9)
    assert Dropout.of(0.0).observe(x, key=KEY)[0] is x


def test_the_rate_is_data_and_no_parameter():
    assert jax.tree.structure(Dropout.of(0.1)) == jax.tree.structure(Dropout.of(0.7))
    assert parameters(Dropout.of(0.1)) == 0
