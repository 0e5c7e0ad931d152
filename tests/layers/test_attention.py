"""What attention hears, and how it tells distances apart."""

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.layers.attention import Attention, causal_mask, rotate

QUERY, KEY = jr.normal(jr.key(0), (2, 1, 1, 2, 8))


def product(query_position: int, key_position: int) -> np.ndarray:
    """Returns the product of a query and a key of each of two heads, rotated to their positions."""
    return np.sum(rotate(QUERY, jnp.asarray([[query_position]])) * rotate(KEY, jnp.asarray([[key_position]])), axis=-1)


@pytest.mark.parametrize("position", [0, 5, 40])
def test_rotated_products_depend_on_the_distance_alone(position: int):
    np.testing.assert_allclose(product(position + 3, position), product(3, 0), atol=1e-5)
    assert not np.allclose(product(position + 4, position), product(3, 0), atol=1e-2)


def test_a_rotation_computed_by_hand():
    x = jnp.arange(1.0, 5.0).reshape(1, 1, 1, 4)
    angles = np.array([2.0, 2.0 / 100])
    first, second = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    cosine, sine = np.cos(angles), np.sin(angles)
    expected = np.concatenate([first * cosine - second * sine, first * sine + second * cosine])
    np.testing.assert_allclose(rotate(x, jnp.asarray([[2]]))[0, 0, 0], expected, rtol=1e-5)


def test_positions_attend_to_their_word_so_far_and_no_further_than_the_window():
    mask = causal_mask(jnp.asarray([[0, 1, 2, 0, 1]]), window=2)[0].astype(int)
    assert mask.tolist() == [[1, 0, 0, 0, 0], [1, 1, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 1, 1]]


def test_weights_add_up_to_one_and_make_the_output_of_the_values():
    layer = Attention.init(4, heads=1, window=8, rotary=True, bias=False, key=jr.key(1))
    x = jr.normal(jr.key(2), (2, 3, 4))
    weights = layer.weights(x)
    np.testing.assert_allclose(weights.sum(-1), 1, rtol=1e-5)
    values = layer.qkv(x)[..., 8:]
    np.testing.assert_allclose(layer.out(weights[:, 0] @ values), layer(x), rtol=1e-4, atol=1e-5)
