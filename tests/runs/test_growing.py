"""Networks added to a stack, as many as the time allows."""

import itertools
import math
from collections.abc import Callable
from dataclasses import replace

import jax
import numpy as np
import pytest

from moregrad.errors import ConfigurationError
from moregrad.models.gru import GRU
from moregrad.models.stack import Stack, StackModel
from moregrad.runs import Run
from moregrad.runs.growing import MOST, Cost, check_minutes, grow
from runs.prepared import prepared

TINY = {"hidden": 8, "embedding": 4, "orders": (2,)}


def clock(seconds: float) -> Callable[[], float]:
    """A clock that goes on by so many seconds each time it is looked at."""
    return itertools.count(0, seconds).__next__


def copies(run: Run) -> int:
    assert isinstance(run.architecture, Stack)
    return run.architecture.copies


def test_more_time_makes_more_networks():
    run = prepared("stack", **TINY)
    found = [copies(grow(run, seconds, clock=clock(0.1))) for seconds in (5, 20, 40, 10**6)]
    assert found == sorted(found)
    assert found[0] == 1
    assert found[1] > 1
    assert found[-1] == MOST


def test_networks_are_added_in_lots_that_train_at_once():
    grown = [copies(grow(prepared("stack", **TINY), seconds, clock=clock(0.1))) for seconds in (20, 30)]
    assert all(number % jax.local_device_count() == 0 for number in grown)


@pytest.mark.parametrize(("seconds", "networks"), [(10, 1), (15, 2), (30, 4)])
def test_on_a_list_of_usual_length_networks_follow_from_the_seconds(seconds: float, networks: int):
    run = prepared("stack")
    run = replace(run, recipe=run.recipe.replace(steps=1_500))
    grown = grow(run, seconds, clock=clock(0.1))
    assert copies(grown) == networks
    assert isinstance(grown.architecture, Stack)
    assert len(grown.architecture.orders) == (5 if networks > 2 else 2)


def test_too_little_time_for_one_network_takes_fewer_steps():
    run = prepared("stack", **TINY)
    grown = grow(run, 4.0, clock=clock(0.1))
    assert copies(grown) == 1
    assert 1 <= grown.recipe.steps < run.recipe.steps
    assert grown.recipe.eval_every >= 1
    assert grow(run, 0.0, clock=clock(0.1)).recipe.steps == 1


def test_steps_are_not_cut_where_only_the_evaluations_are_slow():
    run = prepared("stack", **TINY)
    cost = Cost(compile=1.0, step=0.01, evaluations=0.5)
    assert cost.affordable(1.0 + 0.29 + 0.5) in {28, 29}
    assert cost.rounds(1.0 + 2 * (0.29 + 0.5), 29) == pytest.approx(2)
    assert grow(run, 40, clock=clock(0.1)).recipe.steps == run.recipe.steps


def test_a_grown_run_is_before_its_first_step():
    grown = grow(prepared("stack", **TINY), 20, clock=clock(0.1))
    assert grown.step == 0
    assert grown.metrics == ()


def test_a_model_that_cannot_grow_says_so():
    with pytest.raises(ConfigurationError, match="gru has no networks to add"):
        check_minutes(1.0, GRU())
    check_minutes(1, Stack())


@pytest.mark.parametrize("minutes", [0, -1, math.nan, math.inf, "5", 10**6])
def test_minutes_that_are_none_are_refused(minutes: object):
    with pytest.raises(ConfigurationError, match="must be a finite number above 0"):
        check_minutes(minutes, Stack())


def test_networks_added_to_a_started_run_take_turns_with_those_of_its_start():
    first = prepared("stack", **TINY, copies=2)
    started = prepared("stack", **TINY, copies=2, start=first)
    grown = grow(started, 20, clock=clock(0.1))
    heads = _heads(grown)
    given = _heads(first)
    assert copies(grown) > 2
    for number, head in enumerate(heads):
        np.testing.assert_array_equal(head, given[number % 2])
    assert grown.record.start == started.record.start


def _heads(run: Run) -> np.ndarray:
    assert isinstance(run.model, StackModel)
    return np.asarray(run.model.groups[0].stacked.network.head.weight)


def test_several_processes_cannot_measure_one_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("moregrad.runs.growing.several", lambda: True)
    with pytest.raises(ConfigurationError, match="several processes"):
        check_minutes(1, Stack())
