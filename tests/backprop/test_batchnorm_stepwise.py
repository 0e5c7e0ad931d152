"""Batch normalisation step by step is the one formula."""

import numpy as np
import pytest

from backprop.operations import Numbers
from moregrad.backprop import batchnorm, batchnorm_stepwise
from moregrad.errors import ModelError

N = Numbers(0)
X, GAIN, BIAS, DY = 3 + 2 * N(6, 3), N(3), N(3), N(6, 3)


@pytest.mark.parametrize("correction", [0, 1])
def test_the_steps_come_to_the_formula(correction: int):
    (y, pullback), (expected, formula) = (
        operation(X, GAIN, BIAS, correction=correction, epsilon=1e-3) for operation in (batchnorm_stepwise, batchnorm)
    )
    np.testing.assert_allclose(y, expected, rtol=1e-12)
    for one, other in zip(pullback(DY), formula(DY), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-11, atol=1e-12)


def test_one_row_is_refused():
    with pytest.raises(ModelError, match="given 1 row"):
        batchnorm_stepwise(X[:1], GAIN, BIAS)
