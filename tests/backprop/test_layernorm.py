"""Layer normalisation; test_operation.py holds its gradient to the automatic one."""

import numpy as np

from backprop.operations import Numbers
from moregrad.backprop import layernorm

N = Numbers(0)
X, GAIN, BIAS = N(4, 5, 3), N(3), N(3)


def test_every_vector_is_normalised_by_itself():
    y, _ = layernorm(X, GAIN, BIAS)
    normal = (X - X.mean(-1, keepdims=True)) / np.sqrt(X.var(-1, keepdims=True) + 1e-5)
    np.testing.assert_allclose(y, GAIN * normal + BIAS, rtol=1e-10)


def test_the_gradient_does_not_move_the_mean_of_a_vector():
    dx, _, _ = layernorm(X, GAIN, BIAS)[1](N(4, 5, 3))
    np.testing.assert_allclose(dx.sum(-1), 0, atol=1e-12)
