"""The network of 3,481 parameters."""

import numpy as np
import pytest

from moregrad.lectures.figures import published
from moregrad.lectures.runs import FIRST_MLP, FIRST_MLP_ON_FIVE_WORDS


@pytest.mark.parametrize(
    ("run", "series", "steps"), [(FIRST_MLP_ON_FIVE_WORDS, "five names", 1000), (FIRST_MLP, "all names", 6)]
)
def test_the_first_losses(run, series, steps, lists):
    losses = next(run.replay(lists.encoded(run.words), every=steps)).losses
    figures = {int(step): loss for step, loss in published("first-mlp")[series]["values"].items()}
    reached = {step: loss for step, loss in figures.items() if step < steps}
    assert {step: float(losses[step]) for step in reached} == pytest.approx(reached, abs=5e-5)
    assert np.isfinite(losses).all()


@pytest.mark.full
def test_all_losses_are_the_published_ones(reproduced):
    assert len(reproduced("first-mlp")) == 28
