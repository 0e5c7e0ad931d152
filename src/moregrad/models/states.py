"""States of models with their rows in front, whatever the axis that a model keeps them along."""

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp

from moregrad.models.model import Model


def batch_axes(model: Model) -> Any:
    """Returns for every array of the model's state the axis along which it has the rows of a batch."""
    two, three = (eqx.filter_eval_shape(lambda model, rows=rows: model.begin(rows), model) for rows in (2, 3))
    return jax.tree.map(lambda a, b: next(i for i, n in enumerate(a.shape) if n != b.shape[i]), two, three)


def rows_first(states: Any, axes: Any) -> Any:
    """Returns `states` with the rows along the first axis of every array."""
    return jax.tree.map(lambda leaf, axis: jnp.moveaxis(leaf, axis, 0), states, axes)


def rows_back(states: Any, axes: Any) -> Any:
    """Returns `states` as the model has them; the inverse of `rows_first`."""
    return jax.tree.map(lambda leaf, axis: jnp.moveaxis(leaf, 0, axis), states, axes)
