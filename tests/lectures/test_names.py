"""Names sampled from a seeded generator."""

from itertools import islice

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.lectures.names import sample_names
from moregrad.lectures.networks import one_layer
from moregrad.torch_random import Generator, multinomial_cumulative, multinomial_mkl_race, multinomial_race


def model_that_spells(word: str):
    """A bigram model that gives every other word a probability of zero."""
    logits = np.full((27, 27), -1e9, np.float32)
    tokens = [0, *(ord(letter) - ord("a") + 1 for letter in word), 0]
    logits[tokens[:-1], tokens[1:]] = 0
    return eqx.tree_at(lambda model: model.embedding.weight, one_layer(Generator(0)), jnp.asarray(logits))


@pytest.mark.parametrize("draw", [multinomial_cumulative, multinomial_race, multinomial_mkl_race])
def test_names_are_what_the_model_leaves_possible(draw):
    assert list(islice(sample_names(model_that_spells("emil"), Generator(0), draw), 3)) == ["emil"] * 3


def test_a_draw_is_given_the_models_probabilities_and_decides():
    seen = []

    def draw(generator, probabilities):
        seen.append(probabilities)
        return [1, 26, 0][(len(seen) - 1) % 3]

    model = one_layer(Generator(0))
    assert list(islice(sample_names(model, Generator(0), draw), 2)) == ["az", "az"]
    logits = np.asarray(model.embedding.weight, np.float64)
    softmax = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(seen, softmax[[0, 1, 26, 0, 1, 26]], rtol=1e-5)
