"""The contract of layers: what those that remember and normalise nothing have from it, and what gradients move."""

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr

from moregrad.layers.layer import Layer, Running, parameters, partition


class Scale(Layer):
    """The least that a layer must have."""

    factor: jax.Array
    seen: Running
    steps: jax.Array

    def __call__(self, x, positions=None):
        return self.factor * x


LAYER = Scale(jnp.asarray([1.0, 2.0, 3.0]), Running(jnp.ones(5)), jnp.asarray(7))


def test_a_layer_trains_and_goes_on_as_it_predicts():
    x = jnp.ones((2, 3))
    observed, refreshed = LAYER.observe(x, key=jr.key(0))
    advanced, state = LAYER.advance(LAYER.begin(2), x, jnp.zeros(2, int))
    assert observed.tolist() == advanced.tolist() == [[1, 2, 3], [1, 2, 3]]
    assert refreshed is LAYER
    assert jax.tree.leaves(state) == []


def test_gradients_move_real_numbers_that_are_not_running():
    trainable, fixed = partition(LAYER)
    assert [leaf.tolist() for leaf in jax.tree.leaves(trainable)] == [[1, 2, 3]]
    assert [leaf.tolist() for leaf in jax.tree.leaves(fixed)] == [[1] * 5, 7]
    assert eqx.tree_equal(eqx.combine(trainable, fixed), LAYER)


def test_only_what_gradients_move_is_counted():
    assert parameters(LAYER) == 3
    assert parameters([LAYER, LAYER]) == 6


def test_shapes_are_counted_as_the_arrays_would_be():
    shapes = eqx.filter_eval_shape(lambda: LAYER)
    assert parameters(shapes) == 3
    assert [leaf.shape for leaf in jax.tree.leaves(partition(shapes)[0])] == [(3,)]
