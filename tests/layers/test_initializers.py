"""Initial weights."""

import jax
import jax.random as jr
import numpy as np
import pytest

from moregrad.layers.initializers import normal


def test_weights_have_mean_0_and_deviation_1():
    drawn = np.asarray(normal(jr.key(0), 100, 200))
    assert (drawn.shape, drawn.dtype) == ((100, 200), np.float32)
    assert drawn.mean() == pytest.approx(0, abs=0.02)
    assert drawn.std() == pytest.approx(1, abs=0.02)
    # 4.6 % of normal numbers are more than two deviations from the mean.
    assert (abs(drawn) > 2).mean() == pytest.approx(0.0455, abs=0.005)


def test_the_key_decides_what_is_drawn():
    first, again, other = (np.asarray(normal(jr.key(seed), 9)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_compiled_program_draws_the_same_numbers():
    np.testing.assert_array_equal(jax.jit(lambda key: normal(key, 3, 2))(jr.key(5)), normal(jr.key(5), 3, 2))
