"""Rows of the states of models, whatever the axis that a model keeps them along."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Int

from moregrad.models.model import Model


def begin(model: Model, axes: Any) -> Any:
    """Returns the state, in NumPy, of one row before its opening boundary."""
    return jax.tree.map(lambda leaf, axis: np.moveaxis(np.asarray(leaf), axis, 0), model.begin(1), axes)


def take_rows(states: Any, axes: Any, index: Int[Array, " rows"]) -> Any:
    """Returns the rows `index` of `states`, as the model has them."""
    return jax.tree.map(lambda leaf, axis: jnp.take(leaf, index, axis=axis), states, axes)
