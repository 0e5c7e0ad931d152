"""Trainings that go wrong although every loss is a number."""

import pytest

from moregrad.runs.experiment import train
from runs.small import NAMES, SMALL


@pytest.mark.parametrize("model", ["mlp", "mlp+ngram"])
def test_a_training_that_explodes_is_told_also_beside_counts(model: str):
    with pytest.warns(UserWarning, match="the training went wrong") as told:
        run = train(NAMES, model, **{**SMALL, "learning_rate": 1e6, "optimizer": "sgd"})
    (warning,) = run.record.warnings
    assert [str(each.message) for each in told] == [warning]
    assert "the training went wrong: its loss ends at" in warning
    assert "learning rate" in warning


@pytest.mark.parametrize("steps", [0, 200])
def test_a_sound_training_has_no_warning(steps: int):
    assert train(NAMES, "mlp", **{**SMALL, "steps": steps}).record.warnings == ()


def test_a_training_that_has_hardly_begun_did_not_go_wrong():
    assert train(NAMES, "mlp", **{**SMALL, "steps": 1}).record.warnings == ()


def test_a_record_keeps_its_warnings():
    with pytest.warns(UserWarning, match="went wrong"):
        record = train(NAMES, "mlp", **{**SMALL, "learning_rate": 1e6, "optimizer": "sgd"}).record
    assert type(record).from_dict(record.to_dict()).warnings == record.warnings


def test_counts_that_hold_words_impossible_are_told():
    with pytest.warns(UserWarning, match="the loss on validation and test is above .* another smoothing"):
        train(["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr", "st"], "ngram", smoothing="add-k", k=0.0, order=3)
