"""What attention hears, and how it tells distances apart."""

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.layers.attention import Attention, causal_mask, rotate
from moregrad.layers.positions import positions

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


@pytest.mark.parametrize(("window", "time"), [(3, 700), (256, 1100)])
def test_a_long_row_attends_within_its_window_as_all_of_its_weights_say(window: int, time: int):
    layer = Attention.init(8, heads=2, window=window, rotary=True, bias=False, key=jr.key(1))
    x = jr.normal(jr.key(2), (2, time, 8))
    where = positions(jnp.zeros((2, time), int).at[0, 5:600].set(1).at[1, 300:].set(2))

    def all_weights(x, where):
        values = layer.qkv(x)[..., 16:].reshape(2, time, 2, 4)
        return layer.out(jnp.einsum("bhqk,bkhd->bqhd", layer.weights(x, where), values).reshape(x.shape))

    np.testing.assert_allclose(jax.jit(layer.__call__)(x, where), jax.jit(all_weights)(x, where), rtol=1e-4, atol=1e-5)


def test_the_cost_of_a_long_row_grows_with_its_length():
    layer = Attention.init(4, heads=1, window=64, rotary=True, bias=False, key=jr.key(1))

    def operations(time: int) -> float:
        compiled = jax.jit(layer.__call__).lower(jnp.zeros((1, time, 4))).compile()
        return (compiled.cost_analysis() or {})["flops"]

    assert operations(4096) < 2.2 * operations(2048)
