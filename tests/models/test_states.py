"""States with their rows in front."""

import jax
import jax.numpy as jnp
import numpy as np
from contract.small import built

from moregrad.models.states import batch_axes, rows_back, rows_first


def test_rows_come_first_and_go_back():
    model = built("stack")
    axes = batch_axes(model)
    assert set(jax.tree.leaves(axes)) >= {0, 1}
    _, state = model.advance(model.begin(5), jnp.zeros(5, jnp.int32))
    first = rows_first(state, axes)
    assert {leaf.shape[0] for leaf in jax.tree.leaves(first)} == {5}
    for one, other in zip(jax.tree.leaves(rows_back(first, axes)), jax.tree.leaves(state), strict=True):
        np.testing.assert_array_equal(one, other)
