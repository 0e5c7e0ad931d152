"""How far back a model looks, shown by gradient."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from moregrad.data.vocabulary import BOUNDARY
from moregrad.errors import ModelError
from moregrad.evaluation.diagnostics.taps import layers_by_path, tap
from moregrad.jit import jit
from moregrad.layers.embedding import Embedding, ProjectedEmbedding
from moregrad.layers.layer import Layer
from moregrad.models.model import Model

FIRST = 2**21
"""The first of the tokens that stand for positions; no vocabulary has so many characters."""


def receptive_field(model: Model, length: int) -> Float[np.ndarray, "length length"]:
    """Returns how strongly the logits after each token (row) depend on each token (column) of a word, as it predicts.

    Token 0 is the boundary before the word, the others are different characters in turn. An entry is the norm of the
    derivatives of the row's logits by the vector of the column's token; 0 means that the model does not see it.
    Raises ModelError for a model without embeddings, such as counts, and for a length below 1.
    """
    if length < 1:
        raise ModelError(f"a word of {length} tokens has no receptive field; give a length of 1 or more")
    tables = [layer for layer in layers_by_path(model).values() if isinstance(layer, Embedding | ProjectedEmbedding)]
    if not tables:
        raise ModelError(f"{type(model).__name__} has no embedding, and so no gradient by its tokens")
    return np.asarray(_field(model, length))


@jit
def _field(model: Model, length: int) -> Float[Array, "length length"]:
    """Adds zeros to the vector of the token at each position and takes the gradient by them.

    Tokens are numbered FIRST and up, one for each position whatever the vocabulary, and brought into the vocabulary
    where a table is read. So a table of positions, or a token of padding, is not taken for them.
    """

    def logits(zeros: dict[str, Array], sizes: dict[str, int]) -> Array:
        def visit(path: str, layer: Layer, x: Any, positions: Any, y: Array) -> Array:
            if not isinstance(layer, Embedding | ProjectedEmbedding):
                return y
            sizes[path] = y.shape[-1]
            place = jnp.maximum(x - FIRST, 0)
            table = layer(jnp.where(x < FIRST, x, 1 + (place - 1) % max(len(layer.weight) - 1, 1)))
            ours = (x >= FIRST) | (x == BOUNDARY)
            return jnp.where(ours[..., None], table + zeros[path][place], table) if path in zeros else table

        places = jnp.arange(1, length, dtype=jnp.int32)
        tokens = jnp.concatenate([jnp.full(model.lead + 1, BOUNDARY, jnp.int32), FIRST + places])
        return tap(model, visit)(tokens[None])[0, -length:]

    sizes: dict[str, int] = {}
    jax.eval_shape(lambda: logits({}, sizes))
    zeros = {path: jnp.zeros((length, size)) for path, size in sizes.items()}
    after, pullback = jax.vjp(lambda zeros: logits(zeros, {}), zeros)

    def norms(row: Array) -> Float[Array, " length"]:
        def squares(token: Array) -> Float[Array, " length"]:
            (gradient,) = pullback(jnp.zeros_like(after).at[row, token].set(1))
            return sum((jnp.sum(each**2, -1) for each in gradient.values()), jnp.zeros(length))

        return jnp.sqrt(jnp.sum(jax.lax.map(squares, jnp.arange(after.shape[1])), 0))

    return jax.lax.map(norms, jnp.arange(length))
