"""Receptive fields against the settings of models; all of the catalogue is in tests/contract."""

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from contract.small import quickly_compiled
from jaxtyping import Array, Float, Int

from moregrad.data.encoded_words import EncodedWords
from moregrad.errors import ModelError
from moregrad.evaluation.diagnostics import receptive_field, saliency, token_tables
from moregrad.layers.layer import Layer, Positions
from moregrad.models.architecture import Architecture
from moregrad.models.bigram import Bigram
from moregrad.models.bow import BoW
from moregrad.models.cnn import CNN
from moregrad.models.gru import GRU
from moregrad.models.mlp import MLP
from moregrad.models.ngram import NGram
from moregrad.models.rnn import RNN
from moregrad.models.transformer import Transformer
from moregrad.models.wavenet import WaveNet

LENGTH = 14


@pytest.mark.parametrize(
    ("architecture", "reach"),
    [
        (WaveNet(embedding=4, hidden=8), 8),
        (WaveNet(embedding=4, hidden=8, levels=2), 4),
        (CNN(embedding=4, depth=3), 8),
        (CNN(embedding=4, depth=2, kernel_size=3, growth=3), 9),
        (MLP(embedding=4, hidden=8, context=5), 5),
        (MLP(embedding=4, hidden=8, context=5, pad_token=True), 5),
        (Transformer(embedding=8, depth=2, heads=1, context=3), 5),
        (Transformer(embedding=8, depth=1, heads=1, positions="learned", context=4, tied=True), 4),
        (RNN(embedding=4, hidden=8), LENGTH),
    ],
)
def test_a_model_sees_as_far_back_as_its_settings_say(architecture: Architecture, reach: int):
    """The vocabulary has fewer characters than the word has."""
    field = receptive_field(architecture.build(5, 16, key=jr.key(0)), LENGTH)
    back = np.arange(LENGTH)[:, None] - np.arange(LENGTH)
    assert ((field > 0) == ((back >= 0) & (back < reach))).all()


def test_an_entry_is_the_norm_of_the_derivatives():
    model = MLP(embedding=4, hidden=8, context=2).build(27, 16, key=jr.key(0))

    def logits(vectors: jax.Array) -> jax.Array:
        return model.layers(vectors[None, None])[0, 0, 0]

    derivatives = jax.jacobian(logits)(model.embedding.weight[jnp.asarray([2, 3])])
    field = receptive_field(model, 4)
    np.testing.assert_allclose(field[3, 2:], np.sqrt((np.asarray(derivatives) ** 2).sum((0, 2))), rtol=1e-4)


class Given(Layer):
    """Gives the same vectors whatever the tokens."""

    vectors: Float[Array, "time size"]

    def __call__(self, x: Int[Array, "batch time"], positions: Positions | None = None) -> Float[Array, "1 time size"]:
        return self.vectors[None]


@quickly_compiled
def derivatives_by_vectors(model: Any, tokens: Array) -> Array:
    """The derivatives of all logits by the vectors of the tokens."""
    return jax.jacobian(
        lambda vectors: eqx.tree_at(lambda model: model.embedding, model, Given(vectors))(tokens[None])[0]
    )(model.embedding(tokens))


@pytest.mark.parametrize("vocab", [3, 40])
@pytest.mark.parametrize("architecture", [GRU(embedding=4, hidden=8), BoW(embedding=4, hidden=8)])
def test_saliency_is_that_of_the_very_word_even_if_a_character_stands_in_it_twice(
    architecture: Architecture, vocab: int
):
    """The vocabulary decides whether embeddings are projected one by one or all at once."""
    model: Any = architecture.build(vocab, 16, key=jr.key(0))
    tokens = jnp.asarray([0, 1, 2, 2, 1])
    derivatives = derivatives_by_vectors(model, tokens)
    expected = np.sqrt((np.asarray(derivatives) ** 2).sum((1, 3)))
    np.testing.assert_allclose(saliency(model, tokens), expected, rtol=1e-4, atol=1e-7)


def test_saliency_in_different_characters_is_the_receptive_field():
    model = GRU(embedding=4, hidden=8).build(9, 16, key=jr.key(0))
    np.testing.assert_array_equal(saliency(model, np.arange(5)), receptive_field(model, 5))
    assert not np.allclose(saliency(model, np.array([0, 2, 2, 2, 2])), receptive_field(model, 5))


@pytest.mark.parametrize("tokens", [[], [1, 2], [0, 1, 0]])
def test_saliency_is_of_one_word_with_the_boundary_before_it(tokens: list):
    with pytest.raises(ModelError, match="must be the boundary, 0, and the ids of one word"):
        saliency(Bigram().build(3, 4, key=jr.key(0)), np.array(tokens, int))


def test_tables_of_tokens_are_neither_those_of_positions_nor_parts_of_one_another():
    assert list(token_tables(GRU().build(5, 16, key=jr.key(0)))) == ["embedding"]
    learned = Transformer(embedding=8, depth=1, heads=1, positions="learned", context=4)
    assert list(token_tables(learned.build(5, 16, key=jr.key(0)))) == ["embedding"]


def test_rows_of_logits_that_are_their_own_weights_have_a_gradient_of_one():
    field = receptive_field(Bigram().build(9, 16, key=jr.key(0)), 3)
    np.testing.assert_allclose(field, 3 * np.eye(3), rtol=1e-6)


def test_counts_have_no_gradient():
    counts = NGram(order=2).count(EncodedWords(np.array([0, 1, 0], np.uint8)), 3)
    with pytest.raises(ModelError, match="NGramModel has no embedding"):
        receptive_field(counts, 4)


def test_a_word_without_tokens_is_refused():
    with pytest.raises(ModelError, match="length of 1 or more"):
        receptive_field(Bigram().build(3, 4, key=jr.key(0)), 0)
