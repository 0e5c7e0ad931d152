"""Published runs as data; tests/lectures/replays has their figures."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.lectures import runs
from moregrad.lectures.figures import published
from moregrad.torch_random import Generator

EMMA = EncodedWords.of(["emma"], Vocabulary("abcdefghijklmnopqrstuvwxyz"))


def test_a_replay_prints_what_the_notebook_printed():
    reports = list(runs.ONE_LAYER_ON_EMMA.replay(EMMA, every=2))
    losses = np.concatenate([report.losses for report in reports])
    assert [report.step for report in reports] == [2, 4, 5]
    assert losses == pytest.approx(list(published("one-layer")["emma"]["values"].values()), abs=1e-4)


def test_a_replay_may_take_another_recipe():
    run = replace(runs.ONE_LAYER_ON_EMMA, recipe=replace(runs.ONE_LAYER_ON_EMMA.recipe, steps=1))
    assert [report.step for report in run.replay(EMMA, every=10)] == [1]


def test_minibatches_are_drawn_after_the_weights():
    recipe = replace(runs.DEEP_MLP.recipe, steps=3, batch_size=4)
    batches = runs.minibatches(Generator(5), 100, recipe)
    drawn = Generator(5).randint(100, 3, 4)
    for step, expected in enumerate(drawn):
        np.testing.assert_array_equal(batches.at(jnp.asarray(step)), expected)
