"""Neighbours along time joined."""

import numpy as np

from backprop.operations import Numbers
from moregrad.backprop import flatten_consecutive


def test_neighbours_are_joined_and_their_gradient_parted_again():
    x = Numbers(0)(2, 6, 3)
    y, pullback = flatten_consecutive(x, 2)
    assert y.shape == (2, 3, 6)
    np.testing.assert_array_equal(y[1, 2], np.concatenate([x[1, 4], x[1, 5]]))
    np.testing.assert_array_equal(pullback(y)[0], x)
