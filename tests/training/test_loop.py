"""The training loop against gradient descent in NumPy; tests/contract holds every model to its promises."""

from typing import Any

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Windows
from moregrad.layers.embedding import Embedding
from moregrad.layers.norm import BatchNorm
from moregrad.layers.sequential import Sequential
from moregrad.models.bigram import Bigram
from moregrad.models.ngram import NGram
from moregrad.models.window_model import WindowModel
from moregrad.recipe import Recipe
from moregrad.training.batches import FixedBatches
from moregrad.training.loop import Report, train

ENCODED = EncodedWords(np.array([0, 1, 2, 1, 0, 2, 0, 1, 1, 0], np.uint8))
EXAMPLES = Windows.of(ENCODED, 1)
MODEL = Bigram().build(3, 4, key=jr.key(0))
RECIPE = Recipe(steps=7, batch_size=4, optimizer="sgd", learning_rate=0.5, schedule="constant")
ROWS = np.random.default_rng(0).integers(EXAMPLES.size, size=(7, 4))


def descend(every: int = 3, **more: Any) -> list[Report]:
    return list(train(MODEL, EXAMPLES, RECIPE, every=every, batches=FixedBatches(jnp.asarray(ROWS)), **more))


def weights(report: Report) -> np.ndarray:
    """The table of logits after the report's last step."""
    (table,) = jax.tree.leaves(report.model)
    return np.asarray(table)


def descend_in_numpy() -> tuple[np.ndarray, list[float]]:
    weight, losses = np.zeros((3, 3)), []
    for rows in ROWS:
        tokens, targets = ENCODED.tokens[rows], ENCODED.tokens[rows + 1]
        p = np.exp(weight[tokens]) / np.exp(weight[tokens]).sum(1, keepdims=True)
        losses.append(-np.log(p[np.arange(4), targets]).mean())
        gradient = np.zeros_like(weight)
        np.add.at(gradient, tokens, (p - np.eye(3)[targets]) / 4)
        weight -= 0.5 * gradient
    return weight, losses


def test_every_step_descends_the_gradient_of_its_rows_and_reports_the_loss_before():
    weight, losses = descend_in_numpy()
    reports = descend()
    np.testing.assert_allclose(np.concatenate([report.losses for report in reports]), losses, rtol=1e-5)
    np.testing.assert_allclose(weights(reports[-1]), weight, rtol=1e-4, atol=1e-6)


def test_a_report_comes_after_every_chunk_and_the_last_chunk_may_be_shorter():
    assert [(report.step, report.steps, len(report.losses)) for report in descend()] == [
        (3, 3, 3),
        (6, 3, 3),
        (7, 1, 1),
    ]


def test_training_goes_on_from_where_it_stood():
    first, _, last = descend()
    resumed = descend(resume=first.progress)
    assert [report.step for report in resumed] == [6, 7]
    np.testing.assert_array_equal(weights(resumed[-1]), weights(last))
    assert descend(resume=last.progress) == []


def test_the_model_given_stays_as_it_was():
    descend()
    assert not MODEL.embedding.weight.any()


def test_without_batches_rows_are_drawn_by_the_seed_of_the_recipe():
    def losses(seed: int) -> list[float]:
        (report,) = train(MODEL, EXAMPLES, RECIPE.replace(seed=seed), every=7)
        return report.losses.tolist()

    assert losses(1) == losses(1) != losses(2)


def test_a_model_without_weights_has_no_steps():
    counted = NGram(order=2).count(ENCODED, 3)
    assert list(train(counted, EXAMPLES, RECIPE, every=3)) == []


def test_running_statistics_move_by_observation_at_every_step():
    norm = BatchNorm.init(3, momentum=0.5)
    model = WindowModel(Embedding(jnp.eye(3)), Sequential.of([norm]), context=1, padding=0)
    still = RECIPE.replace(learning_rate=1e-9, steps=2)
    (report,) = train(model, EXAMPLES, still, every=2, batches=FixedBatches(jnp.asarray(ROWS)))
    trained: Any = report.model
    mean = np.zeros(3)
    for rows in ROWS[:2]:
        mean = (mean + np.eye(3)[ENCODED.tokens[rows]].mean(0)) / 2
    np.testing.assert_allclose(trained.layers.layers[0].mean.value, mean, rtol=1e-5)


def test_labels_are_smoothed_if_the_recipe_says_so():
    share, recipe = 0.3, RECIPE.replace(label_smoothing=0.3, steps=400, learning_rate=2.0)
    (report,) = train(MODEL, EXAMPLES, recipe, every=400)
    # A boundary is never followed by a boundary, but smoothing spreads its share over all three tokens.
    assert jax.nn.softmax(weights(report)[0])[0] == pytest.approx(share / 3, abs=0.02)
