"""The affine map in both layouts."""

import numpy as np
import pytest

from backprop.operations import Numbers
from moregrad.backprop import linear, transposed_linear

N = Numbers(0)
X, WEIGHT, BIAS, DY = N(2, 3, 4), N(4, 5), N(5), N(2, 3, 5)


@pytest.mark.parametrize(("operation", "weight"), [(linear, WEIGHT), (transposed_linear, WEIGHT.T)])
def test_gradients_of_the_weights_are_sums_over_all_rows(operation, weight: np.ndarray):
    y, pullback = operation(X, weight, BIAS)
    np.testing.assert_allclose(y, np.einsum("bti,io->bto", X, WEIGHT) + BIAS, rtol=1e-12)
    dx, dweight, dbias = pullback(DY)
    np.testing.assert_allclose(dx, np.einsum("bto,io->bti", DY, WEIGHT), rtol=1e-12)
    expected = np.einsum("bti,bto->io", X, DY)
    np.testing.assert_allclose(dweight, expected if weight is WEIGHT else expected.T, rtol=1e-12)
    np.testing.assert_allclose(dbias, DY.sum((0, 1)), rtol=1e-12)


@pytest.mark.parametrize(("operation", "weight"), [(linear, WEIGHT), (transposed_linear, WEIGHT.T)])
def test_without_a_bias_there_are_two_gradients(operation, weight: np.ndarray):
    y, pullback = operation(X, weight)
    np.testing.assert_allclose(y, X @ WEIGHT, rtol=1e-12)
    assert [gradient.shape for gradient in pullback(DY)] == [X.shape, weight.shape]
