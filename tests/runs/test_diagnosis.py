"""What is told of a training that ends no better than guessing."""

import math
from dataclasses import replace

import pytest

import moregrad
from moregrad.runs.diagnosis import diagnose
from runs.small import NAMES, SMALL


def ended(run: moregrad.Run, *losses: tuple[float, float]) -> moregrad.Run:
    """The run with other losses of training and validation, as shares of the loss of guessing."""
    limit = math.log(len(run.vocabulary))
    metrics = (moregrad.Metrics(step, train * limit, valid * limit) for step, (train, valid) in enumerate(losses, 1))
    return replace(run, metrics=tuple(metrics))


@pytest.mark.parametrize(
    ("losses", "told"),
    [
        ([(0.9, 0.9), (0.5, 0.7)], ()),
        ([(1.0, 1.0)], ()),
        ([(1e6, 1e6), (300, 200)], ("the network's training loss", "learning rate is too high")),
        ([(5.0, 0.9)], ("the network's training loss", "learning rate is too high")),
        ([(0.3, 1.2)], ("the validation loss", "by heart")),
        ([(0.99, 1.01)], ("the validation loss", "steps are too few")),
        ([(0.8, 0.8), (50, 60)], ("by step 2", "the model of step 1 is kept", "learning rate is too high")),
    ],
)
def test_losses_above_that_of_guessing_are_told_with_their_cause(run: moregrad.Run, losses, told):
    found = diagnose(ended(run, *losses))
    assert len(found) == bool(told)
    assert all(part in found[0] for part in told)


def test_a_training_that_explodes_warns_and_the_record_keeps_it():
    with pytest.warns(moregrad.TrainingWarning, match=r"above the 2\.48\d\d of guessing .* try a rate of"):
        run = moregrad.train(NAMES, "mlp", **SMALL, optimizer="sgd", learning_rate=1e6)
    assert len(run.record.warnings) == 1
    assert moregrad.Record.from_dict(run.record.to_dict()) == run.record


def test_counts_do_not_hide_a_network_that_exploded():
    with pytest.warns(moregrad.TrainingWarning, match="the network's training loss"):
        run = moregrad.train(NAMES, "mlp+ngram", **SMALL, order=3, optimizer="sgd", learning_rate=1e6)
    assert run.record.losses is not None
    assert run.record.losses["validation"].all.nats < math.log(len(run.vocabulary))


def test_counts_that_do_not_carry_over_are_told():
    words = ["".join(chr(97 + (7 * i + j * j) % 26) for j in range(4)) for i in range(12)]
    with pytest.warns(moregrad.TrainingWarning, match="choose another smoothing"):
        moregrad.train(words, "ngram", smoothing="add-k", k=0.0)


def test_no_steps_are_no_training_that_went_wrong():
    assert moregrad.train(NAMES, "mlp", hidden=8, steps=0).record.warnings == ()
