"""Attention maps: the positions that each head of each layer attends to."""

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from moregrad.errors import ModelError
from moregrad.evaluation.diagnostics.taps import layers_by_path, tap
from moregrad.jit import quick_jit
from moregrad.layers.attention import Attention
from moregrad.layers.layer import Layer, Positions
from moregrad.models.model import Model


def attention_maps(
    model: Model, tokens: Int[Array, "batch time"]
) -> dict[str, Float[np.ndarray, "batch heads time time"]]:
    """Returns the weights of every attention layer by path: how much each position (row) takes from each (column).

    Rows add up to one. Raises ModelError for a model without attention.
    """
    model = model.inside
    paths = [path for path, layer in layers_by_path(model).items() if isinstance(layer, Attention)]
    if not paths:
        raise ModelError(f"{type(model).__name__} has no attention; a transformer has")
    found = _maps(model, jnp.asarray(tokens))
    return {path: np.asarray(found[path]) for path in paths if path in found}


@quick_jit
def _maps(model: Model, tokens: Int[Array, "batch time"]) -> dict[str, Array]:
    found: dict[str, Array] = {}

    def visit(path: str, layer: Layer, x: Array, positions: Positions | None, y: Array) -> Array:
        if isinstance(layer, Attention):
            found[path] = layer.weights(x, positions)
        return y

    tap(model, visit)(tokens)
    return found
