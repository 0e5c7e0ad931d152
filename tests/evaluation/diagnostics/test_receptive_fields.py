"""How far back models look, against what their settings say; all of the catalogue is in tests/contract."""

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.errors import ModelError
from moregrad.evaluation.diagnostics import receptive_field
from moregrad.models.architecture import Architecture
from moregrad.models.bigram import Bigram
from moregrad.models.cnn import CNN
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
