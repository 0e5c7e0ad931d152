"""The temperature that suits, on words that a made-up sampler draws."""

from collections.abc import Iterator
from typing import Any

import pytest

import moregrad
from moregrad.runs import temperatures
from moregrad.runs.labelling import with_label
from moregrad.runs.temperatures import LEAST, try_temperatures
from moregrad.sampling.free import BATCH
from moregrad.sampling.words import Sample
from runs.labelled_run import train_labelled


def draw(monkeypatch: pytest.MonkeyPatch, capitals: dict[float, int], *, where: str = "new") -> list[float]:
    """Makes so many of a hundred drawn words have a capital inside; returns where temperatures will be noted."""
    asked: list[float] = []

    def sample_words(model: Any, vocabulary: Any, known: Any, options: Any, **_: Any) -> Iterator[Sample]:
        asked.append(options.temperature)
        for number in range(10_000):
            yield Sample("bAda" if number % 100 < capitals[options.temperature] else "bada", 1.0, where)

    monkeypatch.setattr(temperatures, "sample_words", sample_words)
    return asked


def test_the_search_ends_at_the_first_temperature_that_suits(run: moregrad.Run, monkeypatch: pytest.MonkeyPatch):
    asked = draw(monkeypatch, {1.0: 40, 0.8: 30, 0.7: 1, 0.6: 0})
    trials = try_temperatures(run)
    assert (asked, trials.suited.temperature) == ([1.0, 0.8, 0.7], 0.7)
    assert trials.listed.shares["a capital inside"] == 0
    assert trials.made[0].new.shares["a capital inside"] == pytest.approx(0.4)
    assert [trial.astray for trial in trials.made] == [("a capital inside",), ("a capital inside",), ()]


def test_well_shaped_words_need_no_other_temperature(run: moregrad.Run, monkeypatch: pytest.MonkeyPatch):
    assert draw(monkeypatch, {1.0: 1}) == []
    assert try_temperatures(run).suited.temperature == 1


def test_where_none_suits_it_stays_as_it_is(run: moregrad.Run, monkeypatch: pytest.MonkeyPatch):
    asked = draw(monkeypatch, {1.0: 40, 0.8: 50, 0.7: 60, 0.6: 90})
    assert try_temperatures(run).suited.temperature == 1
    assert asked == [1.0, 0.8, 0.7, 0.6]


def test_too_few_new_words_are_not_judged(run: moregrad.Run, monkeypatch: pytest.MonkeyPatch):
    draw(monkeypatch, {1.0: 100}, where="train")
    trials = try_temperatures(run)
    assert trials.suited.temperature == 1
    assert trials.suited.new.words < LEAST


def test_draws_end_where_hardly_a_word_does(run: moregrad.Run, monkeypatch: pytest.MonkeyPatch):
    taken: list[int] = []

    def sample_words(*_: Any, tally: Any, **options: Any) -> Iterator[Sample]:
        for number in range(100):
            tally.drawn += BATCH
            taken.append(number)
            yield Sample("bada", 1.0, "new")

    monkeypatch.setattr(temperatures, "sample_words", sample_words)
    assert try_temperatures(run).suited.new.words == len(taken) == 4


def test_words_given_a_label_are_compared_with_those_that_have_it(monkeypatch: pytest.MonkeyPatch):
    labelled = train_labelled(order=3)
    commonest = max(labelled.record.labels or {}, key=lambda name: (labelled.record.labels or {})[name])
    listed = with_label(labelled, commonest)["train"]
    draw(monkeypatch, {1.0: 1})
    trials = try_temperatures(labelled)
    assert trials.listed.words == len(listed) < len(labelled.splits["train"])


def test_a_run_draws_the_same_words_each_time(run: moregrad.Run):
    assert try_temperatures(run) == try_temperatures(run)
