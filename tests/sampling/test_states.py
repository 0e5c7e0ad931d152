"""States with their rows in front."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.models.catalogue import CATALOGUE
from moregrad.models.model import Model
from moregrad.models.states import batch_axes, rows_back, rows_first
from moregrad.sampling.states import begin, take_rows

KEY = jax.random.key(0)


class Sideways(Model):
    """A model whose state has the rows along another axis in every array."""

    def __call__(self, tokens: jax.Array) -> jax.Array:
        return jnp.zeros((*tokens.shape, 5))

    def begin(self, batch: int) -> Any:
        return jnp.zeros(batch), {"deep": jnp.arange(6 * batch).reshape(2, batch, 3), "last": jnp.ones((2, 3, batch))}

    def advance(self, state: Any, token: jax.Array) -> tuple[jax.Array, Any]:
        return jnp.zeros((len(token), 5)), state


def test_the_axis_of_the_rows_is_found_in_every_array():
    assert batch_axes(Sideways()) == (0, {"deep": 1, "last": 2})


def test_rows_come_first_and_go_back_to_where_they_were():
    model = Sideways()
    axes, states = batch_axes(model), model.begin(7)
    first = rows_first(states, axes)
    assert {leaf.shape[0] for leaf in jax.tree.leaves(first)} == {7}
    back = rows_back(first, axes)
    assert all(np.array_equal(*pair) for pair in zip(jax.tree.leaves(back), jax.tree.leaves(states), strict=True))


def test_rows_are_taken_along_their_axis():
    model = Sideways()
    axes, states, index = batch_axes(model), model.begin(4), jnp.asarray([2, 0, 2])
    taken = rows_first(take_rows(states, axes, index), axes)
    expected = jax.tree.map(lambda leaf: leaf[index], rows_first(states, axes))
    assert all(np.array_equal(*pair) for pair in zip(jax.tree.leaves(taken), jax.tree.leaves(expected), strict=True))


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_kind_of_model_begins_with_one_row(name: str):
    model = CATALOGUE[name]().replace(**CATALOGUE[name].tiny).build(5, 4, key=KEY)
    leaves = jax.tree.leaves(begin(model, batch_axes(model)))
    assert all(isinstance(leaf, np.ndarray) and len(leaf) == 1 for leaf in leaves)
