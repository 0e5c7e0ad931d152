"""The WaveNet of the fifth lecture."""

import numpy as np
import pytest

from moregrad.lectures.figures import published
from moregrad.lectures.runs import WAVENET


def test_the_first_printed_losses(lists):
    reports = WAVENET.replay(lists.encoded(WAVENET.words), every=2001)
    losses = np.concatenate([next(reports).losses for _ in range(5)])
    printed = published("wavenet")["printed"]["values"]
    assert [losses[step] for step in (0, 10_000)] == pytest.approx([printed["0"], printed["10000"]], abs=1e-4)


@pytest.mark.full
def test_all_losses_and_names_are_the_printed_ones(reproduced):
    rows = {row.what: row for row in reproduced("wavenet")}
    assert rows["loss, test"].verdict == "unpublished"
    assert rows["name 20"].obtained == "aubreana"
