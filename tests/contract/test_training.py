"""What training promises for every model in the catalogue that can be trained."""

from pathlib import Path

import jax
import numpy as np
import pytest
from small import SMALL, VOCABULARY, small
from test_contract import same

from moregrad.data.tape import Tape
from moregrad.learning import begin
from moregrad.models.catalogue import CATALOGUE
from moregrad.run import TRAIN, VALIDATION
from moregrad.storage import load_run, save_run, save_words
from moregrad.training.loop import Report, train
from moregrad.training.recipe import Recipe

RECIPE = Recipe(steps=120, batch=4, rate=0.03, schedule="constant")
ONE_WORD = Tape.of(["dbca"], VOCABULARY)
TRAINED = [name for name in CATALOGUE if name != "ngram"]


def reports(name: str, every: int, **more: object) -> list[Report]:
    architecture = small(name)
    model = architecture.build(len(VOCABULARY), 5, key=jax.random.key(0)).count(ONE_WORD)
    return list(train(model, architecture.examples(ONE_WORD), RECIPE, every=every, **more))


@pytest.mark.parametrize("name", TRAINED)
def test_training_learns_a_word_by_heart_in_the_same_bits_however_it_is_cut(name: str):
    whole, cut = reports(name, 120), reports(name, 30)
    assert np.mean(whole[0].losses[-10:]) < 0.1
    assert len(cut) == 4
    assert same(whole[-1].progress, cut[-1].progress)
    assert same(whole[0].losses, np.concatenate([report.losses for report in cut]))
    resumed = reports(name, 30, resume=cut[1].progress)
    assert len(resumed) == 2
    assert same(resumed[-1].progress, cut[-1].progress)


@pytest.mark.parametrize("name", ["bigram", *SMALL])
def test_a_stored_run_comes_back_to_the_bit(name: str, tmp_path: Path):
    tapes = {TRAIN: ONE_WORD, VALIDATION: ONE_WORD}
    run = begin(tapes, VOCABULARY, small(name), Recipe(steps=0))
    save_words(tapes, tmp_path)
    save_run(run, tmp_path)
    loaded = load_run(tmp_path)
    assert loaded.architecture == run.architecture
    assert jax.tree.structure(loaded.model) == jax.tree.structure(run.model)
    assert same((loaded.model, loaded.progress), (run.model, run.progress))
