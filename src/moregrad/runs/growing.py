"""The best model for so much time: networks are added to a stack, since more of them help and larger ones hardly do."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

import numpy as np
from annotated_types import Gt, Le

from moregrad.configuration import Setting, shorten
from moregrad.errors import ConfigurationError
from moregrad.evaluation.surprisal import surprisals
from moregrad.models.architecture import Architecture
from moregrad.models.stack import Stack
from moregrad.runs.fit import VALIDATION_WORDS, begin
from moregrad.runs.planning import EVALUATIONS
from moregrad.runs.run import TRAIN, VALIDATION, Run
from moregrad.training.loop import train

TRIAL = 20
"""Steps by which the time of a step is measured."""

FINISH = 3.0
"""Seconds for what comes after the last step: the losses of all splits and new words."""

MARGIN = 0.9
"""The share of the time that is planned for, since a step may come to take longer."""

SETTING = Setting.of("minutes", Annotated[float, Gt(0), Le(10_000)], None)

MOST = 64
"""Networks beyond which more bring nothing that could be measured."""


def check_minutes(minutes: Any, architecture: Architecture) -> None:
    """Raises ConfigurationError for minutes that are no positive number, and for a model that is no stack."""
    if not SETTING.allows(minutes):
        raise ConfigurationError(f"minutes is {shorten(minutes)}; it must be {SETTING.allowed}", setting="minutes")
    if not isinstance(architecture, Stack):
        raise ConfigurationError(
            f"minutes: {architecture.name} has no networks to add; leave the model out, or give steps instead",
            setting="minutes",
        )


def grow(run: Run, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> Run:
    """Returns a run of as many networks as can be trained in so many `seconds` from now; at least one.

    If the time is too short for one, it takes fewer steps. The architecture must be one that `check_minutes` allows.
    """
    architecture = run.architecture
    assert isinstance(architecture, Stack)
    start = clock()
    single = architecture.replace(copies=1)
    run, trial = _begin(run, single), run.recipe.replace(steps=2 * TRIAL)
    examples = single.examples(run.splits[TRAIN], len(run.vocabulary))
    reports = train(run.model, examples, trial, every=TRIAL)
    np.asarray(next(reports).computed)
    compiled = clock()
    np.asarray(next(reports).computed)
    step = (clock() - compiled) / TRIAL
    evaluation = _time_evaluation(run, clock)
    left = (seconds - FINISH) * MARGIN - (clock() - start) - (compiled - start)
    each = run.recipe.steps * step + (EVALUATIONS + 1) * evaluation
    copies = int(min(max(left / each, 1), MOST))
    grown = _begin(run, architecture.replace(copies=copies))
    affordable = max(int(left / (step + EVALUATIONS * evaluation / run.recipe.steps)), 1)
    if affordable >= run.recipe.steps:
        return grown
    return replace(grown, recipe=run.recipe.replace(steps=affordable, eval_every=max(affordable // EVALUATIONS, 1)))


def _begin(run: Run, architecture: Stack) -> Run:
    return begin(run.splits, run.vocabulary, architecture, run.recipe, run.record)


def _time_evaluation(run: Run, clock: Callable[[], float]) -> float:
    words = run.splits[VALIDATION].first(VALIDATION_WORDS)
    surprisals(run.model, words)
    start = clock()
    surprisals(run.model, words)
    return clock() - start
