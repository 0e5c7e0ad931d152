"""From scores to probabilities; test_operation.py holds the gradient to the automatic one."""

import numpy as np

from backprop.operations import Numbers
from moregrad.backprop import softmax


def test_probabilities_sum_to_one_however_great_the_scores():
    y, _ = softmax(np.asarray([[1e4, 0], [0, 0], [-np.inf, 0]]))
    np.testing.assert_array_equal(y, [[1, 0], [0.5, 0.5], [0, 1]])


def test_a_gradient_that_is_the_same_for_all_changes_nothing():
    _, pullback = softmax(Numbers(0)(3, 4))
    np.testing.assert_allclose(pullback(np.ones((3, 4)))[0], 0, atol=1e-15)
