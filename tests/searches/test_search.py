"""A search under way: rounds of trials of one shape."""

from typing import Any

import pytest

import moregrad
from moregrad.errors import ConfigurationError
from moregrad.models.catalogue import architecture
from moregrad.runs.preparation import Preparation
from moregrad.searches.findings import Trial
from moregrad.searches.search import Search
from moregrad.searches.space import Space
from moregrad.searches.study import Study
from searches.lists import NAMES, SHORT

RATES = "1e-2..3e-1"


def search(model: str = "bigram", *, limit: int | None = None, **settings: Any) -> Search:
    base = architecture(model)
    space = Space.of(base, base.recipe, {**SHORT, "learning_rate": RATES, **settings})
    preparation = Preparation.of(moregrad.read_corpus(NAMES), split="words", start="none")
    return Search(
        preparation, Study(None, space, {}, pruning="none", steps=12, limit=limit), given=space.fixed, together=2
    )


def run(search: Search) -> list[Trial]:
    return [trial for ended in search for trial in ended]


def test_trials_are_what_training_makes_of_their_settings():
    found = run(search(limit=3))
    assert [trial.number for trial in found] == [0, 1, 2]
    for trial in found[:2]:
        alone = moregrad.train(NAMES, "bigram", start="none", **{**SHORT, **trial.settings})
        best = min(metrics.validation for metrics in alone.metrics)
        assert trial.validation == pytest.approx(best, abs=1e-6)
        assert (trial.steps, trial.parameters) == (12, alone.record.parameters)


def test_a_stopped_search_gives_back_what_is_under_way():
    going = search(limit=3)
    for _ in going:
        going.stop()
    assert len(going.study.findings()) == 0
    left = [trial.params for trial in going.study._study.trials[:2]]
    assert [going.study.ask(None).params for _ in range(2)] == left


def test_a_search_ends_when_its_time_is_over():
    going = search()
    clock = iter(range(100))
    timed = Search(going.preparation, going.study, given=(), seconds=0.5, clock=lambda: float(next(clock)))
    assert run(timed) == []


def test_settings_that_do_not_go_together_are_told_as_failed():
    found = run(search("gru", hidden=4, embedding="5,4", tied=True, learning_rate=0.01))
    assert {trial.settings["embedding"]: trial.state for trial in found} == {4: "finished", 5: "failed"}
    assert sorted("tied" in trial.problem for trial in found) == [False, True]


def test_if_no_settings_go_together_the_reason_is_told():
    with pytest.raises(ConfigurationError, match="tied"):
        run(search("gru", hidden=8, embedding="4,5", tied=True))
