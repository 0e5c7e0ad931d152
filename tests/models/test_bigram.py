"""The bigram network is the table of counted pairs."""

import jax
import jax.numpy as jnp
import numpy as np

from models.reach import build, logits
from moregrad.data.encoded_words import EncodedWords
from moregrad.layers.layer import parameters
from moregrad.models.bigram import Bigram
from moregrad.training.loss import cross_entropy


def test_it_has_a_row_of_logits_for_each_token_and_begins_undecided():
    model = build(Bigram())
    assert parameters(model) == 5 * 5
    assert logits(model, [[3], [0]]).tolist() == [[0] * 5] * 2


def test_its_loss_is_least_at_the_counted_pairs():
    encoded = EncodedWords(np.array([0, 1, 2, 1, 0, 2, 0, 1, 1, 0], np.uint8))
    counts = np.zeros((3, 3))
    np.add.at(counts, (encoded.tokens[:-1], encoded.tokens[1:]), 1)
    tokens, targets = Bigram().examples(encoded, 27).rows(jnp.arange(encoded.predictions))
    model = Bigram().build(3, 4, key=jax.random.key(0))

    def loss(weight: jax.Array) -> jax.Array:
        layer = jax.tree.unflatten(jax.tree.structure(model), [weight])
        return cross_entropy(layer(tokens), targets)

    least = jnp.log(jnp.asarray(counts / counts.sum(1, keepdims=True) + 1e-9, jnp.float32))
    np.testing.assert_allclose(jax.grad(loss)(least), 0, atol=1e-6)
    assert float(abs(jax.grad(loss)(jnp.zeros((3, 3)))).max()) > 0.01
