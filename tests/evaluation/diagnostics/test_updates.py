"""Ratios of updates to weights; those of the third lecture are in tests/reference."""

import jax.numpy as jnp
import jax.random as jr
import numpy as np

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Windows
from moregrad.data.vocabulary import Vocabulary
from moregrad.evaluation.diagnostics import trace, update_ratios, weights_by_path
from moregrad.models.mlp import MLP
from moregrad.models.ngram import NGram
from moregrad.recipe import Recipe
from moregrad.training.batches import FullBatch
from moregrad.training.loop import train

WORDS = EncodedWords.of(["dbca", "ab", "c", "badc"], Vocabulary("abcd"))
EXAMPLES = Windows.of(WORDS, 3)
MODEL = MLP(embedding=4, hidden=8).build(5, 6, key=jr.key(0))
RECIPE = Recipe(steps=6, optimizer="sgd", learning_rate=0.1, schedule="constant")
ALL = FullBatch(EXAMPLES.size)


def test_a_ratio_is_that_of_the_step_to_the_weight_after_it():
    ratios = update_ratios(MODEL, train(MODEL, EXAMPLES, RECIPE, every=1, batches=ALL))
    found = trace(MODEL, *EXAMPLES.rows(jnp.arange(EXAMPLES.size)))
    for path, ratio in ratios.items():
        gradient, weight = found.weight_gradients[path], found.weights[path]
        step = 0.1 * np.std(gradient, ddof=1) / np.std(weight - 0.1 * gradient, ddof=1)
        np.testing.assert_allclose(ratio[0], np.log10(step), atol=1e-3)


def test_there_is_a_number_per_step_and_only_for_matrices():
    ratios = update_ratios(MODEL, train(MODEL, EXAMPLES, RECIPE, every=1, batches=ALL))
    matrices = [path for path, weight in weights_by_path(MODEL).items() if weight.ndim == 2]
    assert {path: len(ratio) for path, ratio in ratios.items()} == dict.fromkeys(matrices, 6)
    assert np.isfinite(list(ratios.values())).all()


def test_without_weights_or_steps_there_are_none():
    assert all(len(ratio) == 0 for ratio in update_ratios(MODEL, []).values())
    counts = NGram(order=2).count(WORDS, 5)
    assert update_ratios(counts, train(counts, EXAMPLES, RECIPE, every=1)) == {}


def test_a_weight_that_does_not_move_has_a_ratio_of_minus_infinity():
    still = train(MODEL, EXAMPLES, RECIPE.replace(learning_rate=1e-30), every=1, batches=ALL)
    assert all((ratio == -np.inf).all() for ratio in update_ratios(MODEL, still).values())
