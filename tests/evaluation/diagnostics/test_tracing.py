"""Traces against sums by hand; the printed tables of the deep network are in tests/reference."""

import math

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from test_numbers_are_data import compilations

from moregrad.errors import ModelError
from moregrad.evaluation.diagnostics import trace, trace_prediction, weights_by_path
from moregrad.evaluation.diagnostics.tracing import Trace
from moregrad.layers.activation import Activation
from moregrad.layers.embedding import Embedding
from moregrad.layers.layer import Layer
from moregrad.layers.linear import Linear
from moregrad.layers.sequential import FlattenConsecutive, Sequential
from moregrad.lectures import networks
from moregrad.models.mlp import MLP
from moregrad.models.rnn import RNN
from moregrad.models.window_model import WindowModel
from moregrad.torch_random import Generator

RANDOM = np.random.default_rng(0)
TOKENS = jnp.asarray(RANDOM.integers(0, 27, (32, 3)))
TARGETS = jnp.asarray(RANDOM.integers(0, 27, (32, 1)))


@pytest.fixture(scope="module")
def traced() -> Trace:
    """A new deep network of the third lecture on a random batch."""
    return trace(networks.deep_mlp(Generator(1)), TOKENS, TARGETS)


def one_neuron(weight: float, bias: float, function: str) -> WindowModel:
    """A tanh or relu unit beside a second one that is 0, read by the identity."""
    hidden = Linear(jnp.asarray([[weight, 0.0]]), jnp.asarray([bias, 0.0]))
    layers: list[Layer] = [FlattenConsecutive(1), hidden, Activation(function), Linear(jnp.eye(2), None)]
    return WindowModel(
        embedding=Embedding(jnp.asarray([[-1.0], [1.0]])), layers=Sequential.of(layers), context=1, padding=0
    )


def test_gradients_are_the_chain_rule_by_hand():
    found = trace(one_neuron(0.5, 0.25, "tanh"), jnp.asarray([[1]]), jnp.asarray([[0]]))
    h = math.tanh(0.5 * 1 + 0.25)
    p = math.exp(h) / (math.exp(h) + 1)
    assert found.loss == pytest.approx(-math.log(p), rel=1e-6)
    np.testing.assert_allclose(found.logits[0, 0], [h, 0], rtol=1e-6)
    np.testing.assert_allclose(found.logits_gradient[0, 0], [p - 1, 1 - p], rtol=1e-5)
    np.testing.assert_allclose(found.activations["layers.layers[2]"].ravel(), [h, 0], rtol=1e-6)
    np.testing.assert_allclose(found.gradients["layers.layers[2]"].ravel(), [p - 1, 1 - p], rtol=1e-5)
    before = [(p - 1) * (1 - h * h), 1 - p]
    np.testing.assert_allclose(found.gradients["layers.layers[1]"].ravel(), before, rtol=1e-5)
    np.testing.assert_allclose(found.weight_gradients["layers.layers[1].weight"][0], before, rtol=1e-5)


def test_gradients_of_the_mean_loss_sum_to_those_of_the_bias(traced: Trace):
    """The gain and shift of the last BatchNorm come right before the logits."""
    np.testing.assert_allclose(
        traced.logits_gradient.sum((0, 1)), traced.weight_gradients["layers.layers[17].bias"], atol=1e-6
    )


def test_saturation_is_the_share_of_outputs_of_tanh_beyond_the_threshold(traced: Trace):
    outputs = traced.activations["layers.layers[3]"]
    assert traced.saturation()["layers.layers[3]"] == np.mean(np.abs(outputs) > 0.97)
    assert traced.saturation(0.5)["layers.layers[3]"] == np.mean(np.abs(outputs) > 0.5)
    assert list(traced.saturation()) == [f"layers.layers[{index}]" for index in (3, 6, 9, 12, 15)]


@pytest.mark.parametrize(
    ("bias", "function", "dead"), [(9.0, "tanh", True), (0.1, "tanh", False), (-9.0, "relu", True)]
)
def test_a_unit_that_passes_no_gradient_is_dead(bias: float, function: str, dead: bool):
    tokens = jnp.asarray([[0], [1]])
    found = trace(one_neuron(1.0, bias, function), tokens, tokens)
    second = function == "relu"
    assert found.dead_units()["layers.layers[2]"].tolist() == [dead, second]


def test_the_first_network_of_the_third_lecture_is_saturated_and_kaiming_mends_it():
    """Shares of abs(h) > 0.99 in a first batch: about .61 with plain normal weights, less than .1 with Kaiming's."""
    plain, scaled = (
        MLP(embedding=10, hidden=200).build(27, 16, key=jr.key(0)),
        networks.batchnorm_mlp(Generator(1)),
    )
    wide = jax.tree_util.tree_map_with_path(
        lambda path, leaf: leaf * 30**0.5 / (5 / 3) if leaf.shape == (30, 200) else leaf, plain
    )
    (share,) = trace(wide, TOKENS, TARGETS).saturation(0.99).values()
    assert 0.45 < share < 0.75
    (share,) = trace(scaled, TOKENS, TARGETS).saturation(0.99).values()
    assert share < 0.1


def test_the_ratio_of_gradient_to_data_is_that_of_deviations_and_of_matrices_only(traced: Trace):
    ratios = traced.gradient_to_data()
    path = "layers.layers[4].weight"
    expected = np.std(traced.weight_gradients[path], ddof=1) / np.std(traced.weights[path], ddof=1)
    assert ratios[path] == pytest.approx(expected, rel=1e-5)
    assert all(traced.weights[each].ndim == 2 for each in ratios)
    doubled = {name: 2 * weight for name, weight in traced.weights.items()}
    assert traced.gradient_to_data(doubled)[path] == pytest.approx(expected / 2, rel=1e-5)


def test_weights_are_those_of_the_model_and_the_model_is_as_before():
    model = networks.deep_mlp(Generator(1))
    before = [np.array(leaf) for leaf in jax.tree.leaves(model)]
    found = trace(model, TOKENS, TARGETS)
    assert all(np.array_equal(a, b) for a, b in zip(before, jax.tree.leaves(model), strict=True))
    for path, weight in weights_by_path(model).items():
        np.testing.assert_array_equal(found.weights[path], weight)


def test_a_new_network_begins_near_the_loss_of_guessing(traced: Trace):
    assert traced.uniform_loss == math.log(27)
    assert traced.loss == pytest.approx(traced.uniform_loss, abs=0.1)


def test_training_normalises_by_the_batch_and_prediction_by_running_statistics():
    model = networks.deep_mlp(Generator(1))
    norm = "layers.layers[2]"
    assert np.std(trace(model, TOKENS, TARGETS).activations[norm]) == pytest.approx(1, abs=0.02)
    plain = trace_prediction(model, TOKENS, TARGETS)
    np.testing.assert_allclose(plain.activations[norm], plain.activations["layers.layers[1]"], rtol=1e-4, atol=1e-5)


def test_dropout_is_seen_in_training_only():
    model = MLP(embedding=4, hidden=64, dropout=0.5).build(27, 16, key=jr.key(0))
    dropped = "layers.layers[1].layers[2]"
    assert np.mean(trace(model, TOKENS, TARGETS).activations[dropped] == 0) == pytest.approx(0.5, abs=0.1)
    assert np.mean(trace_prediction(model, TOKENS, TARGETS).activations[dropped] == 0) == 0
    one, other = (trace(model, TOKENS, TARGETS, key=jr.key(seed)).logits for seed in (1, 2))
    assert not np.array_equal(one, other)


def test_a_plain_recurrence_counts_as_a_tanh():
    model = RNN(embedding=4, hidden=8).build(27, 16, key=jr.key(0))
    found = trace(model, TOKENS, TOKENS)
    assert found.only("tanh").activations.keys() == {"body.layers[0]"}
    assert found.activations["body.layers[0]"].shape == (32, 3, 8)


def test_a_layer_that_is_called_twice_is_seen_twice():
    class Twice(Layer):
        inner: Linear

        def __call__(self, x, positions=None):
            return self.inner(self.inner(x))

    layers = Sequential.of([FlattenConsecutive(1), Twice(Linear(2 * jnp.eye(2), None))])
    model = WindowModel(embedding=Embedding(jnp.eye(2)), layers=layers, context=1, padding=0)
    found = trace(model, jnp.asarray([[1]]), jnp.asarray([[0]]))
    path = "layers.layers[1].inner"
    assert found.activations[path].ravel().tolist() == [0, 2]
    assert found.activations[f"{path}, call 2"].ravel().tolist() == [0, 4]
    assert "Linear" in repr(found)
    assert len(found.only("Linear").activations) == 2


def test_targets_of_another_shape_are_refused():
    with pytest.raises(ModelError, match=r"targets of shape \(32, 7\): for these tokens they must be \(32, 1\)"):
        trace(networks.deep_mlp(Generator(2)), TOKENS, jnp.zeros((len(TOKENS), 7), jnp.int32))


def test_tracing_compiles_one_program_however_many_layers(traced: Trace):
    again = networks.deep_mlp(Generator(2))
    other = MLP(embedding=3, hidden=5, depth=6, norm="batch").build(27, 16, key=jr.key(0))
    with compilations() as compiled:
        trace(again, TOKENS, TARGETS)
    assert compiled == []
    with compilations() as compiled:
        trace(other, TOKENS, TARGETS)
    assert len(compiled) == 1


def test_the_tables_fit_in_eighty_columns(traced: Trace):
    lines = repr(traced).splitlines()
    assert max(map(len, lines)) <= 80
    assert sum("tanh" in line for line in lines) == 5
    assert "ln 27 = 3.2958" in lines[-1]
    assert traced._repr_html_().count("<table>") == 2
