"""Fitting: evaluations, the best model kept, early stopping, losses that are not numbers."""

from typing import Any

import numpy as np
import pytest

import moregrad
from moregrad.errors import TrainingError
from moregrad.evaluation.surprisal import surprisals
from moregrad.models.mlp import MLP
from moregrad.models.ngram import NGram
from moregrad.recipe import Recipe
from moregrad.runs.experiment import prepare, read
from moregrad.runs.fit import fit
from runs.small import NAMES, SMALL

RECIPE = Recipe(steps=20, eval_every=8, batch_size=8, schedule="constant")
SHAPE = MLP(hidden=8, embedding=4)


def begun(recipe: Recipe = RECIPE) -> moregrad.Run:
    return prepare(read(NAMES, moregrad.Reading()), SHAPE, recipe)


def test_a_run_is_yielded_after_every_evaluation_with_its_losses():
    runs = list(fit(begun()))
    assert [run.step for run in runs] == [8, 16, 20]
    assert [[metrics.step for metrics in run.metrics] for run in runs] == [[8], [8, 16], [8, 16, 20]]
    for run in runs:
        nats = surprisals(run.progress.model, run.splits["validation"])
        assert run.metrics[-1].validation == pytest.approx(float(nats.mean(dtype=np.float64)), rel=1e-6)


def test_going_on_from_a_yielded_run_leads_to_the_same_bits():
    first, _, last = fit(begun())
    *_, again = fit(first)
    assert again.metrics == last.metrics
    assert list(fit(last)) == []


def test_counts_are_filled_before_the_first_step():
    run = prepare(read(NAMES, moregrad.Reading()), NGram(order=2), Recipe(steps=0))
    counted: Any = run.model
    assert counted.log_probabilities(run.splits["train"]).mean() > -np.log(len(run.vocabulary))
    assert list(fit(run)) == []


def test_out_of_patience_no_step_is_taken():
    *_, stopped = fit(begun(RECIPE.replace(steps=400, learning_rate=0.3, patience=2)))
    assert stopped.step < 400
    assert list(fit(stopped)) == []


def test_training_stops_after_so_many_evaluations_without_a_better_one_and_keeps_the_best():
    run = moregrad.train(NAMES, "mlp", **SMALL | {"steps": 400, "learning_rate": 0.3, "patience": 2})
    losses = [metrics.validation for metrics in run.metrics]
    assert len(losses) < 40
    assert min(losses) == min(losses[:-2])
    assert run.record.losses is not None
    assert run.record.losses["validation"].all.nats == pytest.approx(min(losses), abs=1e-5)


def test_a_loss_that_explodes_in_the_last_step_is_told():
    with pytest.raises(TrainingError, match="at step 1"):
        moregrad.train(NAMES, "mlp", **SMALL | {"steps": 1, "optimizer": "sgd", "learning_rate": 1e38})
