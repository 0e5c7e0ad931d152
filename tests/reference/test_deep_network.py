"""Updates of the third lecture's deep network; tests/lectures/replays/test_deep_network.py has its printed figures."""

import numpy as np

from moregrad.evaluation.diagnostics import update_ratios
from moregrad.lectures import runs
from moregrad.torch_random import Generator


def test_updates_begin_and_settle_where_the_lecture_shows_them(encoded_part):
    """Read off the notebook's plot of log10 ratios, and so to within a quarter."""
    run = runs.DEEP_MLP
    ratios = update_ratios(run.network(Generator(run.seed)), run.replay(encoded_part(run.words), every=1))
    embedding, *weights = (np.array([each[:10].mean(), each[-100:].mean()]) for each in ratios.values())
    np.testing.assert_allclose(embedding, [-3.75, -3.1], atol=0.25)
    for begun, settled in weights:
        assert -2.9 < begun < -2.3
        assert -2.4 < settled < -1.9
