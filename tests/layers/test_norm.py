"""Normalisation against its definition in NumPy."""

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.errors import ModelError
from moregrad.layers.layer import parameters, partition
from moregrad.layers.norm import NORMS, BatchNorm, LayerNorm, RMSNorm

KEY = jr.key(0)
X = 3 + 2 * np.random.default_rng(0).standard_normal((4, 5, 3))
GIVEN = jnp.asarray(X, jnp.float32)


@pytest.mark.parametrize("correction", [0, 1])
def test_batchnorm_normalises_over_every_axis_but_the_last(correction: int):
    observed, _ = BatchNorm.init(3, correction=correction).observe(GIVEN, key=KEY)
    expected = (X - X.mean((0, 1))) / np.sqrt(X.var((0, 1), ddof=correction) + 1e-5)
    np.testing.assert_allclose(observed, expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("correction", [0, 1])
def test_running_statistics_move_by_the_momentum_to_mean_and_variance_of_n_minus_1(correction: int):
    _, refreshed = BatchNorm.init(3, momentum=0.25, correction=correction).observe(GIVEN, key=KEY)
    np.testing.assert_allclose(refreshed.mean.value, 0.25 * X.mean((0, 1)), rtol=1e-5)
    np.testing.assert_allclose(refreshed.variance.value, 0.75 + 0.25 * X.var((0, 1), ddof=1), rtol=1e-5)


def test_batchnorm_predicts_from_what_it_saw():
    norm, x = BatchNorm.init(2, momentum=1.0), jnp.asarray([[1.0, 0.0], [3.0, 4.0]])
    assert not jnp.array_equal(norm(x), norm.observe(x, key=KEY)[0])
    observed, refreshed = norm.observe(x, key=KEY)
    np.testing.assert_allclose(refreshed(x), observed, rtol=1e-6)


def test_batchnorm_predicts_with_statistics_that_are_given():
    norm = BatchNorm.init(2).with_statistics(jnp.asarray([1.0, 2.0]), jnp.asarray([4.0, 9.0]))
    np.testing.assert_allclose(norm(jnp.asarray([[3.0, 5.0]])), [[1.0, 1.0]], rtol=1e-5)
    assert parameters(norm) == 4


def test_batchnorm_says_why_one_row_is_too_few():
    with pytest.raises(ModelError, match="batch of 2 or more"):
        BatchNorm.init(2).observe(jnp.ones((1, 2)), key=KEY)


def test_running_statistics_are_no_parameters():
    norm = BatchNorm.init(3)
    assert parameters(norm) == 6
    assert len(jax.tree.leaves(partition(norm)[1])) == 2


def test_layernorm_normalises_every_vector():
    expected = (X - X.mean(-1, keepdims=True)) / np.sqrt(X.var(-1, keepdims=True) + 1e-5)
    norm = LayerNorm(jnp.asarray([1.0, 2.0, 3.0]), jnp.asarray([0.0, 1.0, 0.0]), 1e-5)
    np.testing.assert_allclose(norm(GIVEN), expected * [1, 2, 3] + [0, 1, 0], rtol=1e-4, atol=1e-5)


def test_rmsnorm_divides_every_vector_by_its_root_mean_square():
    norm = RMSNorm(jnp.asarray([1.0, 2.0, 3.0]), 1e-5)
    expected = X / np.sqrt((X**2).mean(-1, keepdims=True) + 1e-5) * [1, 2, 3]
    np.testing.assert_allclose(norm(GIVEN), expected, rtol=1e-5)


@pytest.mark.parametrize("name", NORMS)
def test_a_new_norm_gives_a_mean_square_of_one(name: str):
    observed, _ = NORMS[name](3).observe(GIVEN, key=KEY)
    # BatchNorm divides the variance of its 20 rows by 19.
    assert float(jnp.square(observed).mean()) == pytest.approx(19 / 20 if name == "batch" else 1, abs=1e-3)
