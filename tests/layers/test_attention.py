"""What attention hears, and how it tells distances apart."""

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.layers.attention import audible, turned

QUERY, KEY = jr.normal(jr.key(0), (2, 1, 1, 2, 8))


def product(query_place: int, key_place: int) -> np.ndarray:
    """Of a query and a key of each of two heads, turned to their places."""
    return np.sum(turned(QUERY, jnp.asarray([[query_place]])) * turned(KEY, jnp.asarray([[key_place]])), axis=-1)


@pytest.mark.parametrize("place", [0, 5, 40])
def test_turned_products_depend_on_the_distance_alone(place: int):
    np.testing.assert_allclose(product(place + 3, place), product(3, 0), atol=1e-5)
    assert not np.allclose(product(place + 4, place), product(3, 0), atol=1e-2)


def test_a_turn_by_hand():
    x = jnp.arange(1.0, 5.0).reshape(1, 1, 1, 4)
    angles = np.array([2.0, 2.0 / 100])
    first, second = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    cosine, sine = np.cos(angles), np.sin(angles)
    expected = np.concatenate([first * cosine - second * sine, first * sine + second * cosine])
    np.testing.assert_allclose(turned(x, jnp.asarray([[2]]))[0, 0, 0], expected, rtol=1e-5)


def test_positions_hear_their_word_so_far_and_no_further_than_the_window():
    heard = audible(jnp.asarray([[0, 1, 2, 0, 1]]), window=2)[0].astype(int)
    assert heard.tolist() == [[1, 0, 0, 0, 0], [1, 1, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 1, 1]]
