"""The affine map in both layouts."""

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.layers.linear import Linear, TransposedLinear

KINDS = [Linear, TransposedLinear]
X, COTANGENT = (
    np.random.default_rng(seed).standard_normal((2, 3, size)).astype("f") for seed, size in ((0, 4), (1, 5))
)
WEIGHT, BIAS = np.random.default_rng(2).standard_normal((4, 5)).astype("f"), np.arange(5, dtype="f")


def layer(kind: type, bias: np.ndarray | None = BIAS) -> Linear | TransposedLinear:
    weight = WEIGHT if kind is Linear else WEIGHT.T
    return kind(jnp.asarray(weight), None if bias is None else jnp.asarray(bias))


@pytest.mark.parametrize("kind", KINDS)
def test_the_output_is_the_product_and_the_bias_whatever_the_leading_axes(kind: type):
    np.testing.assert_allclose(layer(kind)(jnp.asarray(X)), np.einsum("bti,io->bto", X, WEIGHT) + BIAS, rtol=1e-5)
    np.testing.assert_allclose(layer(kind, None)(jnp.asarray(X[0, 0])), X[0, 0] @ WEIGHT, rtol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_gradients_are_sums_over_all_rows(kind: type):
    gradients, x_bar = jax.vjp(lambda layer, x: layer(x), layer(kind), jnp.asarray(X))[1](jnp.asarray(COTANGENT))
    weight = gradients.weight if kind is Linear else gradients.weight.T
    np.testing.assert_allclose(weight, np.einsum("bti,bto->io", X, COTANGENT), rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(gradients.bias, COTANGENT.sum((0, 1)), rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(x_bar, np.einsum("bto,io->bti", COTANGENT, WEIGHT), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_layer_has_weights_of_the_deviation_asked_for(kind: type):
    new = kind.init(400, 300, gain=2.0, key=jr.key(0))
    assert new(jnp.ones((1, 400))).shape == (1, 300)
    assert float(new.weight.std()) == pytest.approx(2 / 400**0.5, rel=0.02)
    assert not new.bias.any()
    assert kind.init(4, 3, bias=False, key=jr.key(0)).bias is None
