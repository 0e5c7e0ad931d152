"""The neural probabilistic language model."""

import jax.random as jr
import numpy as np
import pytest

from models.reach import WORD, build, logits, reach
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Windows
from moregrad.layers.layer import parameters
from moregrad.models.mlp import MLP


@pytest.mark.parametrize(("architecture", "count"), [(MLP(), 11_897), (MLP(norm="batch"), 12_097)])
def test_it_has_as_many_parameters_as_the_lectures_print(architecture: MLP, count: int):
    assert parameters(architecture.build(27, 16, key=jr.key(0))) == count


def test_it_is_an_embedding_a_hidden_layer_and_a_softmax():
    model = build(MLP(context=3, embedding=2, hidden=4))
    table, hidden, head = (np.asarray(model.embedding.weight), *(model.layers.layers[i] for i in (1, 2)))
    linear = hidden.layers[0]
    weight = np.asarray(linear.weight).T if type(linear).__name__ == "TransposedLinear" else np.asarray(linear.weight)
    activations = np.tanh(table[[2, 4, 1]].reshape(6) @ weight + np.asarray(linear.bias))
    expected = activations @ np.asarray(head.weight).T + np.asarray(head.bias)
    np.testing.assert_allclose(logits(model, [[0, 2, 4, 1]])[0], expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize(("context", "tokens"), [(1, 1), (4, 4), (0, 12)])
def test_it_sees_as_many_tokens_as_the_context_has(context: int, tokens: int):
    architecture = MLP(context=context, embedding=4, hidden=8)
    assert reach(build(architecture)) == tokens
    encoded = EncodedWords(np.array([*WORD, 0], np.uint8))
    rows = architecture.examples(encoded, 27)
    assert isinstance(rows, Windows)
    assert rows.context == (context or len(WORD))


def test_a_residual_connection_leads_around_every_hidden_layer_but_the_first():
    plain, residual = (MLP(embedding=4, hidden=8, depth=3, residual=residual) for residual in (False, True))
    names = [type(layer).__name__ for layer in build(residual).layers.layers]
    assert names == ["FlattenConsecutive", "Sequential", "Residual", "Residual", "TransposedLinear"]
    assert parameters(build(residual)) == parameters(build(plain))


def test_positions_before_the_word_may_have_an_embedding_of_their_own():
    shared, own = (build(MLP(embedding=4, hidden=8, pad_token=pad_token)) for pad_token in (False, True))
    assert parameters(own) == parameters(shared) + 4
    assert (shared.padding, own.padding) == (0, 5)
