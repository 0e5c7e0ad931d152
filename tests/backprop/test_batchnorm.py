"""Batch normalisation in one formula; test_operation.py holds its gradient to the automatic one."""

import numpy as np
import pytest

from backprop.operations import Numbers
from moregrad.backprop import batchnorm
from moregrad.errors import ModelError

N = Numbers(0)
X, GAIN, BIAS, DY = 3 + 2 * N(4, 5, 3), N(3), N(3), N(4, 5, 3)


@pytest.mark.parametrize("correction", [0, 1])
def test_every_axis_but_the_last_is_normalised_over(correction: int):
    y, _ = batchnorm(X, GAIN, BIAS, correction=correction)
    normal = (X - X.mean((0, 1))) / np.sqrt(X.var((0, 1), ddof=correction) + 1e-5)
    np.testing.assert_allclose(y, GAIN * normal + BIAS, rtol=1e-12)


def test_the_gradient_does_not_move_the_mean():
    dx, _, _ = batchnorm(X, GAIN, BIAS)[1](DY)
    np.testing.assert_allclose(dx.sum((0, 1)), 0, atol=1e-12)


def test_one_row_is_refused():
    with pytest.raises(ModelError, match=r"given 1 row.*batch of 2 or more"):
        batchnorm(X[:1, 0], GAIN, BIAS)
