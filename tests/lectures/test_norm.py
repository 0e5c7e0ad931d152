"""BatchNorm as the third lecture writes it inline."""

import jax.numpy as jnp
import jax.random as jr
import numpy as np

from moregrad.lectures.norm import DeviationNorm

KEY = jr.key(0)


def test_the_running_deviation_is_of_n_minus_one_and_moves_by_a_thousandth():
    x = jr.normal(KEY, (8, 3))
    y, seen = DeviationNorm.init(3).observe(x, key=KEY)
    np.testing.assert_allclose(y, (x - x.mean(0)) / jnp.std(x, 0, ddof=1), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(seen.deviation.value, 0.999 + 0.001 * jnp.std(x, 0, ddof=1), rtol=1e-6)
    np.testing.assert_allclose(seen.mean.value, 0.001 * x.mean(0), rtol=1e-5)


def test_prediction_normalises_by_the_running_statistics():
    x = jr.normal(KEY, (8, 3))
    _, seen = DeviationNorm.init(3).observe(x, key=KEY)
    np.testing.assert_allclose(seen(x), (x - seen.mean.value) / seen.deviation.value, rtol=1e-6)


def test_prediction_normalises_by_statistics_that_are_given():
    norm = DeviationNorm.init(2).with_statistics(jnp.asarray([1.0, 2.0]), jnp.asarray([4.0, 9.0]))
    np.testing.assert_allclose(norm(jnp.asarray([[3.0, 5.0]])), [[1.0, 1.0]], rtol=1e-6)
