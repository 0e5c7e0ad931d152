"""Receptive fields: the positions that a model sees, found by gradient."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from moregrad.data.vocabulary import BOUNDARY
from moregrad.errors import ModelError
from moregrad.evaluation.diagnostics.taps import Tap, layers_by_path, map_layers
from moregrad.jit import quick_jit
from moregrad.layers.embedding import Embedding, ProjectedEmbedding
from moregrad.layers.layer import Layer
from moregrad.models.model import Model

FIRST = 2**21
"""The first of the tokens that stand for positions; no vocabulary has so many characters."""


def receptive_field(model: Model, length: int) -> Float[np.ndarray, "length length"]:
    """Returns the `saliency` in a word of `length` tokens, the boundary before it and different characters in turn.

    Raises ModelError for a model without embeddings, such as counts, and for a length below 1.
    """
    if length < 1:
        raise ModelError(f"a word of {length} tokens has no receptive field; give a length of 1 or more")
    vocab = jax.eval_shape(model, jnp.zeros((1, model.lead + 1), jnp.int32)).shape[-1]
    return saliency(model, np.append(BOUNDARY, 1 + np.arange(length - 1) % max(vocab - 1, 1)))


def saliency(model: Model, tokens: Int[Any, " length"]) -> Float[np.ndarray, "length length"]:
    """Returns how strongly the logits after each token (row) depend on each token (column) of a word, as it predicts.

    `tokens` are the boundary before the word, with which boundaries that pad a window are counted, and the ids of its
    characters. An entry is the norm of the derivatives of the row's logits by the vector of the column's token
    (Simonyan et al. 2013); 0 means that the model does not see it. Raises ModelError for a model without embeddings,
    such as counts, and for tokens that do not begin with a boundary, the only one.
    """
    model = model.inside
    if not token_tables(model):
        raise ModelError(f"{type(model).__name__} has no embedding, and so no gradient by its tokens")
    tokens = np.asarray(tokens)
    if tokens.ndim != 1 or np.flatnonzero(tokens == BOUNDARY).tolist() != [0]:
        raise ModelError(f"tokens {tokens.tolist()!s:.60}: must be the boundary, {BOUNDARY}, and the ids of one word")
    return np.asarray(_field(model, jnp.asarray(tokens, jnp.int32)))


def token_tables(model: Model) -> dict[str, Embedding | ProjectedEmbedding]:
    """Returns by path the layers that look tokens up, not positions, and none that is a part of another."""
    found = {
        path: layer
        for path, layer in layers_by_path(model).items()
        if isinstance(layer, Embedding | ProjectedEmbedding) and not path.endswith("positions")
    }
    return {path: layer for path, layer in found.items() if path.rpartition(".")[0] not in found}


@quick_jit
def _field(model: Model, tokens: Int[Array, " length"]) -> Float[Array, "length length"]:
    """Adds zeros to the vector of the token at each position and takes the gradient by them.

    Tokens are numbered FIRST and up, one for each position, and become those of the word again where a table is read.
    So a token that stands twice in the word, or one of padding, is not taken for another.
    """
    length, tables = len(tokens), token_tables(model)

    def logits(zeros: dict[str, Array], sizes: dict[str, int]) -> Array:
        def visit(path: str, layer: Layer, x: Any, positions: Any, y: Array) -> Array:
            sizes[path] = y.shape[-1]
            place = jnp.maximum(x - FIRST, 0)
            vectors = layer(jnp.where(x < FIRST, x, tokens[place]))
            ours = (x >= FIRST) | (x == BOUNDARY)
            return jnp.where(ours[..., None], vectors + zeros[path][place], vectors) if path in zeros else vectors

        tapped = map_layers(model, lambda path, layer: Tap(layer, path, visit) if path in tables else layer)
        places = FIRST + jnp.arange(1, length, dtype=jnp.int32)
        return tapped(jnp.concatenate([jnp.full(model.lead + 1, BOUNDARY, jnp.int32), places])[None])[0, -length:]

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
