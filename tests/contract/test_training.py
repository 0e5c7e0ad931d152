"""What training promises for every model in the catalogue that can be trained."""

import dataclasses
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest
from small import RECORD, VARIATIONS, VOCABULARY, logits, small
from test_contract import same

from moregrad.data.encoded_words import EncodedWords
from moregrad.layers.layer import partition
from moregrad.models.catalogue import CATALOGUE
from moregrad.recipe import Recipe
from moregrad.runs.fit import begin
from moregrad.runs.run import TEST, TRAIN, VALIDATION
from moregrad.runs.storage import load_run, save_run, save_words
from moregrad.training.batches import FullBatch
from moregrad.training.loop import Progress, Report, train

RECIPE = Recipe(steps=120, batch_size=16, learning_rate=0.03, schedule="constant")
PLAIN = dataclasses.replace(RECIPE, optimizer="momentum", learning_rate=0.1)
ONE_WORD = EncodedWords.of(["dbca"], VOCABULARY)
TRAINED = [name for name in CATALOGUE if name != "ngram"]
CUT = [
    "mlp",
    "wavenet",
    "gru, reset first, tied",
    "lstm",
    "mixture",
    "mixture of networks",
    "stack",
    "stack of two kinds",
]
CUT += ["transformer, learned positions, tied"]


def reports(name: str, recipe: Recipe, **more: Any) -> list[Report]:
    architecture = small(name)
    model = architecture.build(len(VOCABULARY), 5, key=jr.key(0)).count(ONE_WORD)
    return list(train(model, architecture.examples(ONE_WORD, len(VOCABULARY)), recipe, **more))


def types(progress: Progress) -> list[Any]:
    """Shapes and types of all arrays, and whether JAX takes these for those of plain numbers."""
    return [jax.typeof(leaf) for leaf in jax.tree.leaves(progress)]


@pytest.mark.parametrize("name", TRAINED)
def test_a_model_learns_a_word_by_heart(name: str):
    """All rows at every step, so that nothing but the model is tried, and little compiled."""
    rows = FullBatch(small(name).examples(ONE_WORD, len(VOCABULARY)).size)
    assert reports(name, PLAIN, every=120, batches=rows)[0].losses[-1] < 0.1


@pytest.mark.parametrize("name", CUT)
def test_training_gives_the_same_bits_however_it_is_cut_and_when_taken_up_again(name: str):
    whole, cut = reports(name, RECIPE, every=120), reports(name, RECIPE, every=30)
    assert len(cut) == 4
    assert same(whole[-1].progress, cut[-1].progress)
    assert same(whole[0].losses, np.concatenate([report.losses for report in cut]))
    resumed = reports(name, RECIPE, every=30, resume=cut[1].progress)
    assert len(resumed) == 2
    assert same(resumed[-1].progress, cut[-1].progress)


@pytest.mark.parametrize("name", [*CATALOGUE, *VARIATIONS])
def test_a_stored_run_comes_back_to_the_bit(name: str, tmp_path: Path):
    splits = {TRAIN: ONE_WORD, VALIDATION: ONE_WORD, TEST: ONE_WORD}
    run = begin(splits, VOCABULARY, small(name), Recipe(steps=0), RECORD)
    save_run(run, tmp_path, words=save_words(splits, tmp_path))
    loaded = load_run(tmp_path)
    assert loaded.architecture == run.architecture
    assert jax.tree.structure(loaded.model) == jax.tree.structure(run.model)
    assert same(partition(loaded.model)[0], partition(run.model)[0])
    assert same(loaded.progress.optimizer, run.progress.optimizer)
    # Whatever is of another type compiles the training anew.
    assert types(loaded.progress) == types(run.progress)
    tokens = jnp.asarray([[0] * run.model.lead + [0, 1, 2, 3]])
    assert same(logits(loaded.model, tokens), logits(run.model, tokens))
