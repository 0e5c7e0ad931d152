"""Cross-entropy in one formula; test_operation.py holds its gradient to the automatic one."""

import math

import numpy as np
import pytest

from backprop.operations import Numbers
from moregrad.backprop import cross_entropy

LOGITS, TARGETS = Numbers(0)(5, 7), np.asarray([0, 6, 3, 3, 1])


def test_equal_logits_cost_the_logarithm_of_the_vocabulary():
    assert cross_entropy(np.zeros((2, 27)), np.asarray([3, 4]))[0] == pytest.approx(math.log(27))


def test_the_gradient_pulls_up_the_target_pushes_down_the_rest_and_sums_to_zero():
    dlogits, nothing = cross_entropy(LOGITS, TARGETS)[1](1.0)
    assert nothing is None
    assert (np.argmin(dlogits, 1) == TARGETS).all()
    assert (dlogits < 0).sum() == len(TARGETS)
    np.testing.assert_allclose(dlogits.sum(1), 0, atol=1e-15)


def test_huge_logits_do_not_overflow():
    loss, pullback = cross_entropy(np.asarray([[1e4, -1e4]]), np.asarray([1]))
    assert loss == 2e4
    np.testing.assert_array_equal(pullback(1.0)[0], [[1, -1]])
