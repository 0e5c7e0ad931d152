"""Five initialisations of the third lecture's network."""

import numpy as np
import pytest

from moregrad.lectures.figures import published
from moregrad.lectures.replays.initialization import saturated
from moregrad.lectures.runs import INITIALIZATIONS


@pytest.mark.parametrize("name", INITIALIZATIONS)
def test_the_first_loss_and_the_share_that_is_saturated(name, lists):
    run, figures = INITIALIZATIONS[name], published("initialization")
    (first,) = next(run.replay(lists.encoded(run.words), every=1)).losses
    assert first == pytest.approx(figures["first loss"]["values"][name], abs=1e-4)
    if share := figures["saturated"]["values"][name]:
        assert saturated(run, lists) == pytest.approx(share, abs=5.1e-4)


def test_the_printed_losses_with_batchnorm_up_to_step_10_000(lists):
    run, printed = INITIALIZATIONS["batchnorm"], published("initialization")["printed"]["values"]
    reports = run.replay(lists.encoded(run.words), every=2001)
    losses = np.concatenate([next(reports).losses for _ in range(5)])
    assert [losses[step] for step in (0, 10_000)] == pytest.approx([printed["0"], printed["10000"]], abs=1e-4)


@pytest.mark.full
def test_the_whole_loss_log_is_the_printed_one(reproduced):
    assert len(reproduced("initialization")) == 52
