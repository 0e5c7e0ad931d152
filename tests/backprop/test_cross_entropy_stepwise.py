"""Cross-entropy step by step is the one formula."""

import numpy as np
import pytest

from backprop.operations import Numbers
from moregrad.backprop import cross_entropy, cross_entropy_stepwise


def test_the_steps_come_to_the_formula():
    logits, targets = Numbers(0)(5, 7), np.asarray([0, 6, 3, 3, 1])
    (loss, pullback), (expected, formula) = (op(logits, targets) for op in (cross_entropy_stepwise, cross_entropy))
    assert loss == pytest.approx(expected, rel=1e-14)
    np.testing.assert_allclose(pullback(2.0)[0], formula(2.0)[0], rtol=1e-12, atol=1e-15)
