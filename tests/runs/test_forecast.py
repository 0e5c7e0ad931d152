"""Costs out of proportion are told before a training begins."""

import pytest

from moregrad.data.corpus import read_corpus
from moregrad.models.catalogue import CATALOGUE, architecture
from moregrad.runs.experiment import extend, prepare, train
from moregrad.runs.forecast import forecast, operations
from moregrad.runs.run import Run

NAMES = [first + rest for first in "bdlmnrst" for rest in ("ada", "ea", "ina", "oliviana")]


def begun(model: str, **settings: int) -> Run:
    shape = architecture(model)
    return prepare(read_corpus(NAMES), shape.replace(**settings), shape.recipe)


@pytest.mark.parametrize("model", CATALOGUE)
def test_the_defaults_of_every_model_are_in_proportion(model: str):
    assert forecast(begun(model)) == []


def test_a_context_much_longer_than_every_word_is_told_with_one_that_holds_them():
    [note] = forecast(begun("wavenet", levels=7, hidden=8))
    assert note.startswith("a context of 128 characters for words of at most 9: most of it is padding; levels 4 would")


def test_users_of_python_are_warned_before_the_training_begins():
    def stop(run: Run) -> None:
        raise InterruptedError

    with pytest.warns(UserWarning, match="a context of 128 characters"), pytest.raises(InterruptedError):
        train(NAMES, "wavenet", levels=7, hidden=8, steps=1, callback=stop)


def test_hours_of_work_are_told():
    [note] = forecast(extend(begun("gru", hidden=64), 10**9))
    assert "operations, which is" in note
    assert "hours on an ordinary processor" in note


def test_what_was_done_already_is_not_counted():
    run = begun("gru", hidden=8)
    assert operations(run) > operations(extend(run, 1)) > 0
