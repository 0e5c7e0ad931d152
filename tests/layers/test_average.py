"""The average of the word so far."""

import jax
import jax.numpy as jnp
import numpy as np

from moregrad.layers.average import Average

X = np.random.default_rng(0).standard_normal((1, 5, 2)).astype(np.float32)
POSITIONS = np.array([[0, 1, 2, 0, 1]])


def test_the_average_is_of_the_word_so_far():
    expected = [X[0, time - position : time + 1].mean(0) for time, position in enumerate(POSITIONS[0])]
    np.testing.assert_allclose(Average(2)(jnp.asarray(X), jnp.asarray(POSITIONS))[0], expected, rtol=1e-5)


def test_without_positions_a_row_is_one_word():
    np.testing.assert_allclose(Average(2)(jnp.asarray(X))[0, -1], X[0].mean(0), rtol=1e-5)


def test_advancing_gives_the_averages_of_the_whole():
    layer, whole = Average(2), Average(2)(jnp.asarray(X), jnp.asarray(POSITIONS))
    state = layer.begin(1)
    for time in range(5):
        y, state = layer.advance(state, jnp.asarray(X[:, time]), jnp.asarray(POSITIONS[:, time]))
        np.testing.assert_allclose(y, whole[:, time], rtol=1e-5)


def test_a_long_row_has_the_averages_of_its_words():
    x = np.random.default_rng(1).standard_normal((1, 1500, 2)).astype(np.float32)
    where = np.concatenate([np.arange(1200), np.arange(300)])[None]
    running = [np.cumsum(word, axis=0, dtype=np.float64) for word in (x[0, :1200], x[0, 1200:])]
    expected = np.concatenate(running) / (where[0] + 1)[:, None]
    np.testing.assert_allclose(jax.jit(Average(2).__call__)(x, where)[0], expected, rtol=1e-4, atol=1e-5)
