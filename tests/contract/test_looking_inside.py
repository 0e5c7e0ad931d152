"""Promises of every model in the catalogue about what it shows of itself."""

from typing import Any

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from small import TAPE, VARIATIONS, VOCABULARY, WORDS, lived_in, logits, quickly_compiled, small

from moregrad.data.examples import Examples
from moregrad.evaluation.diagnostics import layers_by_path, receptive_field, trace, trace_prediction, weights_by_path
from moregrad.evaluation.explanation import explain
from moregrad.evaluation.probabilities import probabilities_after
from moregrad.evaluation.surprisal import surprisals
from moregrad.layers.embedding import Embedding, ProjectedEmbedding
from moregrad.layers.layer import partition
from moregrad.models.catalogue import CATALOGUE
from moregrad.models.model import Model
from moregrad.training.loss import cross_entropy

ALL = [*CATALOGUE, *VARIATIONS]
LEARNT = [name for name in ALL if name not in ("ngram", "mixture of counts")]
OBSERVED = ["mlp", "wavenet", "cnn", "rnn", "transformer, learned positions, tied", "gru, reset first, tied"]
OBSERVED += ["mixture of networks", "ngram"]
KEY = jr.key(7)


@quickly_compiled
def rows(examples: Examples, index: jax.Array) -> tuple[jax.Array, jax.Array]:
    return examples.rows(index)


def batch(name: str) -> tuple[jax.Array, jax.Array]:
    """Four rows of what the model trains on."""
    examples = small(name).examples(TAPE, len(VOCABULARY))
    return rows(examples, jnp.arange(4) % examples.size)


@quickly_compiled
def observe(model: Model, tokens: jax.Array, targets: jax.Array) -> tuple[Any, ...]:
    """Logits, loss and gradients by the weights in training, without taps."""
    trainable, fixed = partition(model)

    def loss(trainable: Any) -> tuple[jax.Array, jax.Array]:
        whole = jax.tree.map(lambda a, b: b if a is None else a, trainable, fixed, is_leaf=lambda leaf: leaf is None)
        output = whole.observe(tokens, key=KEY)[0]
        return cross_entropy(output, targets), output

    (cost, output), gradients = jax.value_and_grad(loss, has_aux=True)(trainable)
    return output, cost, gradients


@pytest.mark.parametrize("name", ALL)
def test_explanations_and_probabilities_are_the_surprisal_of_words(name: str):
    model, word = lived_in(name), WORDS[0]
    nats = surprisals(model, TAPE)[: len(word) + 1]
    np.testing.assert_allclose(explain(model, VOCABULARY, word).surprisal, nats, rtol=1e-5, atol=1e-5)
    for index, character in enumerate(word):
        following = probabilities_after(model, VOCABULARY, word[:index])
        assert following.probabilities.sum() == pytest.approx(1, rel=1e-12)
        found = following.probabilities[following.characters.index(character)]
        assert -np.log(found) == pytest.approx(nats[index], rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("name", OBSERVED)
def test_a_traced_prediction_is_the_prediction(name: str):
    model, (tokens, targets) = lived_in(name), batch(name)
    found = trace_prediction(model, tokens, targets)
    expected = logits(model, tokens)
    np.testing.assert_allclose(found.logits, expected, rtol=1e-5, atol=1e-5)
    assert found.loss == pytest.approx(float(cross_entropy(expected, targets)), rel=1e-5)
    assert found.activations.keys() == found.gradients.keys()
    assert found.activations.keys() <= layers_by_path(model).keys()
    assert bool(found.activations) == (name in LEARNT)


@pytest.mark.parametrize("name", OBSERVED)
def test_a_traced_step_of_training_is_the_step(name: str):
    model, (tokens, targets) = lived_in(name), batch(name)
    found = trace(model, tokens, targets, key=KEY)
    output, cost, gradients = observe(model, tokens, targets)
    np.testing.assert_allclose(found.logits, output, rtol=1e-5, atol=1e-5)
    assert found.loss == pytest.approx(float(cost), rel=1e-5)
    expected = weights_by_path(gradients)
    assert found.weight_gradients.keys() == expected.keys() == found.weights.keys()
    for path, gradient in expected.items():
        np.testing.assert_allclose(found.weight_gradients[path], gradient, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("name", LEARNT)
def test_no_model_has_a_gradient_by_the_future(name: str):
    field = receptive_field(lived_in(name), 9)
    assert (np.triu(field, 1) == 0).all()
    assert (np.diag(field) > 0).all()


@pytest.mark.parametrize("name", LEARNT)
def test_a_receptive_field_is_that_of_changed_tokens(name: str):
    """Changes one token after another of a word; within the vocabulary, so that some gradients may be missed."""
    model, word = lived_in(name).inside, np.array([0, 1, 2, 3, 4, 1, 2, 3, 4])
    words = np.tile(word, (len(word), 1))
    index = np.arange(1, len(word))
    words[index, index] = words[index, index] % 4 + 1
    words = np.pad(words, ((0, 0), (model.lead, 0)))
    after = np.asarray(logits(model, jnp.asarray(words)))[:, -1]
    changed = np.abs(after - after[0]).max(-1) > 1e-6
    seen = receptive_field(model, len(word))[-1] > 0
    assert seen[1:].tolist() == changed[1:].tolist()


def test_tables_of_tokens_are_found_in_every_network():
    for name in LEARNT:
        layers = layers_by_path(lived_in(name).inside).values()
        assert any(isinstance(layer, Embedding | ProjectedEmbedding) for layer in layers)
