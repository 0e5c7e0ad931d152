"""Embeddings."""

import jax
import jax.export
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.layers.embedding import Embedding, ProjectedEmbedding
from moregrad.layers.linear import Linear


def test_a_token_is_its_row():
    weight = np.arange(6.0).reshape(3, 2)
    found = Embedding(jnp.asarray(weight, jnp.float32))(jnp.asarray([[2, 0], [1, 1]]))
    np.testing.assert_array_equal(found, np.eye(3)[[[2, 0], [1, 1]]] @ weight)


def test_rows_begin_with_the_deviation_asked_for():
    assert float(Embedding.init(300, 40, scale=0.02, key=jr.key(0)).weight.std()) == pytest.approx(0.02, rel=0.02)


@pytest.mark.parametrize("tokens", [[[1, 2]], [[1, 2, 0, 4, 4, 3, 2, 1]]])
def test_a_projected_embedding_is_an_embedding_and_a_linear_layer_however_many_tokens(tokens: list[list[int]]):
    embedding, linear = Embedding.init(5, 3, key=jr.key(1)), Linear.init(3, 4, key=jr.key(2))
    found = ProjectedEmbedding(embedding, linear)(jnp.asarray(tokens))
    np.testing.assert_allclose(found, linear(embedding(jnp.asarray(tokens))), rtol=1e-6)


def test_a_projected_embedding_is_exported_for_any_batch():
    layer = ProjectedEmbedding(Embedding.init(5, 3, key=jr.key(1)), Linear.init(3, 4, key=jr.key(2)))
    batch = jax.ShapeDtypeStruct(jax.export.symbolic_shape("batch"), jnp.int32)
    exported = jax.export.export(jax.jit(lambda x: layer(x)))(batch)
    for size in (1, 9):
        tokens = jnp.arange(size) % 5
        np.testing.assert_allclose(exported.call(tokens), layer(tokens), rtol=1e-6)
