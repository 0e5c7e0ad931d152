"""The hyperbolic tangent."""

import numpy as np

from moregrad.backprop import tanh


def test_the_slope_is_one_at_zero_and_nothing_is_left_of_it_far_away():
    y, pullback = tanh(np.asarray([0.0, 400.0, -400.0]))
    np.testing.assert_array_equal(y, [0, 1, -1])
    np.testing.assert_array_equal(pullback(np.asarray([3.0, 3.0, 3.0]))[0], [3, 0, 0])
