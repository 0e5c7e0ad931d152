"""Taps see every call of every layer and change nothing."""

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np

from moregrad.evaluation.diagnostics.taps import Tap, layers_by_path, map_layers, tap, weights_by_path
from moregrad.layers.embedding import Embedding
from moregrad.layers.layer import Layer, parameters, partition
from moregrad.layers.linear import Linear
from moregrad.lectures import networks
from moregrad.models.transformer import Transformer
from moregrad.torch_random import Generator

MODEL = networks.batchnorm_mlp(Generator(1))
TOKENS = jnp.asarray(np.random.default_rng(0).integers(0, 27, (8, 3)))


def record(seen: list[str]) -> Any:
    """A tap that notes the paths of the layers that are called."""

    def visit(path: str, layer: Layer, x: Any, positions: Any, y: jax.Array) -> jax.Array:
        seen.append(path)
        return y

    return visit


def test_layers_go_by_their_path_in_the_model_and_chains_are_left_out():
    assert {path: type(layer).__name__ for path, layer in layers_by_path(MODEL).items()} == {
        "embedding": "Embedding",
        "layers.layers[0]": "FlattenConsecutive",
        "layers.layers[1]": "Linear",
        "layers.layers[2]": "DeviationNorm",
        "layers.layers[3]": "Activation",
        "layers.layers[4]": "TransposedLinear",
    }


def test_weights_go_by_their_path_in_the_model():
    weights = weights_by_path(MODEL)
    assert list(weights)[:3] == ["embedding.weight", "layers.layers[1].weight", "layers.layers[2].gain"]
    assert sum(weight.size for weight in weights.values()) == parameters(MODEL) == 12_097


def test_taps_are_called_in_the_order_of_computation_when_predicting_and_when_training():
    expected = ["embedding", *(f"layers.layers[{index}]" for index in range(5))]
    for call in (lambda model: model(TOKENS), lambda model: model.observe(TOKENS, key=jr.key(0))):
        seen: list[str] = []
        call(tap(MODEL, record(seen)))
        assert seen == expected


def test_what_passes_by_a_layer_is_seen_after_what_is_inside():
    model = Transformer(embedding=8, depth=1, heads=2).build(5, 8, key=jr.key(0))
    seen: list[str] = []
    tap(model, record(seen))(jnp.asarray([[0, 1]]))
    assert seen.index("body.layers[1].inner.layers[1].qkv") < seen.index("body.layers[1].inner.layers[1]")
    assert seen.index("body.layers[1].inner.layers[1]") < seen.index("body.layers[1]")


def test_a_tap_may_change_what_a_layer_returns():
    silenced = tap(MODEL, lambda path, layer, x, positions, y: 0 * y if path == "layers.layers[3]" else y)
    np.testing.assert_array_equal(silenced(TOKENS), jnp.broadcast_to(MODEL.layers.layers[4].bias, (8, 1, 27)))  # pyright: ignore[reportAttributeAccessIssue]


def test_a_tapped_model_refreshes_its_statistics_as_the_model_does():
    tapped = tap(MODEL, record([])).observe(TOKENS, key=jr.key(0))[1]
    plain = MODEL.observe(TOKENS, key=jr.key(0))[1]
    for ours, theirs in zip(jax.tree.leaves(tapped), jax.tree.leaves(plain), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_tap_has_the_weights_of_its_layer():
    table = Embedding(jnp.ones((3, 2)))
    tapped = Tap(table, "table", record([]))
    assert tapped.weight is table.weight
    assert jax.tree.structure(tapped) == jax.tree.structure(jax.tree.map(lambda leaf: leaf, tapped))


def test_layers_can_be_replaced_by_path():
    doubled = map_layers(
        MODEL,
        lambda path, layer: (
            eqx.tree_at(lambda x: x.weight, layer, replace_fn=lambda w: 2 * w) if isinstance(layer, Linear) else layer
        ),
    )
    before, after = (weights_by_path(model) for model in (MODEL, doubled))
    changed = [path for path in before if not np.array_equal(before[path], after[path])]
    assert changed == ["layers.layers[1].weight"]
    assert jax.tree.structure(partition(doubled)[0]) == jax.tree.structure(partition(MODEL)[0])
