"""Many trainings as one program, each held to what `train` makes of it alone."""

from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.errors import TrainingError
from moregrad.layers.layer import Tables
from moregrad.models.catalogue import architecture
from moregrad.models.model import Model
from moregrad.recipe import Recipe
from moregrad.training.batches import FixedBatches
from moregrad.training.loop import Progress, Report, train
from moregrad.training.sweep import _deal, train_together

ENCODED = EncodedWords(np.array([0, 1, 2, 1, 0, 2, 0, 1, 1, 0, 2, 2, 1, 0], np.uint8))
VOCAB, BLOCK, EVERY = 3, 4, 5
RECIPE = Recipe(steps=7, batch_size=6, grad_clip=1.0, label_smoothing=0.1, schedule="cosine", warmup_steps=2)
RECIPES = [
    RECIPE.replace(learning_rate=0.01 * 3**seed, weight_decay=0.1 * seed, seed=seed, steps=7 + 2 * seed)
    for seed in range(3)
]


def models(name: str, **settings: Any) -> tuple[list[Model], Any]:
    """Models of one structure that differ in weights and dropout, and their rows."""
    kinds = [architecture(name, **settings) for _ in RECIPES]
    if "dropout" in settings:
        kinds = [kind.replace(dropout=0.2 + 0.2 * place) for place, kind in enumerate(kinds)]
    built = [kind.build(VOCAB, BLOCK, key=jr.key(place)).count(ENCODED) for place, kind in enumerate(kinds)]
    return built, kinds[0].examples(ENCODED, VOCAB)


def numbers(progress: Progress) -> list[np.ndarray]:
    return [np.asarray(leaf) for leaf in jax.tree.leaves(progress)]


def tables(model: Model) -> list[Tables]:
    nodes = jax.tree.leaves(model, is_leaf=lambda node: isinstance(node, Tables))
    return [node for node in nodes if isinstance(node, Tables)]


def assert_same(alone: Sequence[Report], together: Sequence[Report]) -> None:
    losses = [np.concatenate([report.losses for report in reports]) for reports in (alone, together)]
    np.testing.assert_allclose(losses[1], losses[0], atol=1e-6)
    assert jax.tree.structure(together[-1].progress) == jax.tree.structure(alone[-1].progress)
    for got, wanted in zip(numbers(together[-1].progress), numbers(alone[-1].progress), strict=True):
        np.testing.assert_allclose(got, wanted, atol=1e-5)


MLP = {"context": 2, "embedding": 4, "hidden": 8, "norm": "batch", "dropout": 0.1}


@pytest.mark.parametrize("one_by_one", [True, False])
def test_each_training_is_the_one_it_is_alone(monkeypatch: pytest.MonkeyPatch, one_by_one: bool):
    """With its own rate, decay, dropout, batches, noise, running statistics and number of steps."""
    monkeypatch.setattr("moregrad.training.sweep.ONE_BY_ONE", {"cpu"} if one_by_one else set())
    built, examples = models("mlp", **MLP)
    chunks = list(train_together(built, examples, RECIPES, every=EVERY))
    for place, (model, recipe) in enumerate(zip(built, RECIPES, strict=True)):
        assert_same(list(train(model, examples, recipe, every=EVERY)), [reports[place] for reports in chunks])


def test_tables_of_counts_are_kept_as_they_are():
    built, examples = models("bigram+ngram")
    chunks = list(train_together(built, examples, RECIPES, every=EVERY))
    for place, (model, recipe) in enumerate(zip(built, RECIPES, strict=True)):
        assert_same(list(train(model, examples, recipe, every=EVERY)), [reports[place] for reports in chunks])
    before, after = tables(built[0]), tables(chunks[-1][0].model)
    assert before
    assert all(a is b for a, b in zip(*map(jax.tree.leaves, (before, after)), strict=True))


def test_a_training_goes_on_where_it_was_left_by_rows_that_are_given():
    built, examples = models("bigram")
    drawn = np.random.default_rng(0).integers(examples.size, size=(3, 13, 6))
    rows = [FixedBatches(jnp.asarray(each)) for each in drawn]
    whole = list(train_together(built, examples, RECIPES, every=EVERY, batches=rows))
    begun = [report.progress for report in whole[0]]
    *_, last = train_together(built, examples, RECIPES, every=EVERY, batches=rows, resume=begun)
    for now, wanted in zip(last, whole[-1], strict=True):
        assert all(map(np.array_equal, numbers(now.progress), numbers(wanted.progress)))


def test_a_training_whose_steps_are_taken_takes_none():
    built, examples = models("bigram")
    *_, last = train_together(built, examples, RECIPES, every=EVERY)
    assert [report.step for report in last] == [7, 9, 11]
    assert [len(report.losses) for report in last] == [0, 0, 1]


def test_models_without_weights_have_no_steps():
    built, examples = models("ngram")
    assert list(train_together(built, examples, RECIPES, every=EVERY)) == []


def test_trainings_of_several_shapes_are_refused():
    built, examples = models("bigram")
    with pytest.raises(TrainingError, match="several shapes"):
        next(train_together(built, examples, [RECIPE, RECIPE, RECIPE.replace(optimizer="sgd")], every=EVERY))


def test_those_with_most_to_do_are_dealt_among_the_devices():
    dealt = _deal([5, 0, 5, 3], 6, 2)
    assert [dealt[:3], dealt[3:]] == [[0, 3, None], [2, 1, None]]


def test_keys_are_stacked():
    from moregrad.models.side_by_side import SideBySide

    keys = [jr.key(seed) for seed in range(3)]
    assert jnp.array_equal(jr.key_data(SideBySide.of(keys).stacked), jnp.stack([jr.key_data(key) for key in keys]))
