"""Maps of attention against its definition."""

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.errors import ModelError
from moregrad.evaluation.diagnostics import attention_maps, layers_by_path, trace_prediction
from moregrad.layers.attention import Attention
from moregrad.models.mlp import MLP
from moregrad.models.transformer import Transformer

TOKENS = jnp.asarray([[0, 1, 2, 3, 4], [0, 3, 0, 2, 1]])
PATHS = ["body.layers[1].inner.layers[1]", "body.layers[3].inner.layers[1]"]


@pytest.fixture(scope="module")
def model():
    return Transformer(embedding=8, depth=2, heads=2, context=3).build(5, 8, key=jr.key(0))


def test_every_layer_has_a_map_per_row_and_head_whose_rows_add_up_to_one(model):
    maps = attention_maps(model, TOKENS)
    assert {path: each.shape for path, each in maps.items()} == dict.fromkeys(PATHS, (2, 2, 5, 5))
    for each in maps.values():
        np.testing.assert_allclose(each.sum(-1), 1, rtol=1e-5)


def test_attention_stays_in_the_word_the_window_and_the_past(model):
    for each in attention_maps(model, TOKENS).values():
        seen = np.all(each > 0, axis=1, keepdims=True)[:, 0]
        assert seen[0].astype(int).tolist() == [
            [1, 0, 0, 0, 0],
            [1, 1, 0, 0, 0],
            [1, 1, 1, 0, 0],
            [0, 1, 1, 1, 0],
            [0, 0, 1, 1, 1],
        ]
        assert seen[1, 3].tolist() == [False, False, True, True, False]


def test_values_weighted_by_a_map_are_the_output_of_the_layer(model):
    path = PATHS[0]
    layer = layers_by_path(model)[path]
    assert isinstance(layer, Attention)
    traced = trace_prediction(model, TOKENS, TOKENS)
    normal = traced.activations["body.layers[1].inner.layers[0]"]
    values = np.split(np.asarray(layer.qkv(jnp.asarray(normal))), 3, axis=-1)[2].reshape(2, 5, 2, 4)
    mixed = np.einsum("bhqk,bkhd->bqhd", attention_maps(model, TOKENS)[path], values).reshape(2, 5, 8)
    np.testing.assert_allclose(layer.out(jnp.asarray(mixed)), traced.activations[path], rtol=1e-4, atol=1e-5)


def test_a_model_without_attention_is_told():
    with pytest.raises(ModelError, match="WindowModel has no attention; a transformer has"):
        attention_maps(MLP(embedding=4, hidden=8).build(5, 8, key=jr.key(0)), TOKENS)
