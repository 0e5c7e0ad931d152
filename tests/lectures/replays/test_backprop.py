"""The fourth lecture: gradients by hand."""

import pytest

from moregrad.lectures.replays.backprop import gradients


def test_gradients_by_hand_are_the_automatic_ones_within_single_precision(lists):
    errors = gradients(lists)["gradients"]
    assert len(errors) == 26
    assert max(errors.values()) < 5e-7


@pytest.mark.full
def test_a_training_by_hand_reaches_the_lectures_losses(reproduced):
    assert {row.measure for row in reproduced("backprop")} >= {"loss", "error", "error in one formula"}
