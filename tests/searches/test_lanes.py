"""Runs side by side, each as if it were alone."""

import dataclasses

import equinox as eqx
import jax
import numpy as np
import pytest
from runs.prepared import prepared

from moregrad.runs.fit import fit
from moregrad.runs.run import Run
from moregrad.searches.lanes import Lanes


def begun(seed: int, **changed: object) -> Run:
    run = prepared("bigram")
    recipe = run.recipe.replace(steps=12 + seed, eval_every=5, seed=seed, learning_rate=0.1, **changed)
    return Run(**{**vars(run), "recipe": recipe})


def test_runs_that_join_later_and_end_earlier_are_those_that_they_are_alone():
    lanes, waiting, ended = Lanes(2), [begun(seed) for seed in range(3)], {}
    while waiting or len(lanes):
        while waiting and len(lanes) < 2:
            lanes.add(waiting[-1].recipe.seed, waiting.pop())
        for lane in lanes.advance():
            if lane.finished:
                ended[lane.key] = lane.run
    for seed, run in ended.items():
        *_, alone = fit(begun(seed))
        assert [metrics.step for metrics in run.metrics] == [metrics.step for metrics in alone.metrics]
        losses = [metrics.validation for metrics in alone.metrics]
        assert [metrics.validation for metrics in run.metrics] == pytest.approx(losses, abs=1e-6)


def test_a_run_that_is_dropped_takes_no_more_steps():
    lanes = Lanes(2)
    for seed in range(2):
        lanes.add(seed, begun(seed))
    lanes.advance()
    lanes.drop(0)
    assert [lane.key for lane in lanes.advance()] == [1]


def test_a_loss_that_is_not_a_number_ends_its_run_alone():
    lanes = Lanes(2)
    lanes.add("good", begun(0))
    run = begun(1)
    broken = jax.tree.map(lambda leaf: leaf * np.nan if eqx.is_inexact_array(leaf) else leaf, run.progress)
    lanes.add("bad", dataclasses.replace(run, progress=broken))
    good, bad = lanes.advance()
    assert (good.problem, good.finished) == ("", False)
    assert "the loss is not a number" in bad.problem
    assert len(lanes) == 1


def test_a_model_without_weights_is_finished_at_once():
    lanes = Lanes(1)
    lanes.add(0, prepared("ngram"))
    (lane,) = lanes.advance()
    assert lane.finished
    assert len(lanes) == 0
