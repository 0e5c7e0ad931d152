"""Causal self-attention; test_operation.py holds its gradient to the automatic one."""

import numpy as np
import pytest

from backprop.operations import Numbers
from moregrad.backprop import attention

N = Numbers(0)
X, WEIGHTS = N(2, 5, 4), (N(4, 12), N(12), N(4, 4), N(4))


def test_nothing_flows_back_from_a_position_to_later_ones():
    _, pullback = attention(X, *WEIGHTS, heads=2)
    dy = np.zeros_like(X)
    dy[:, 2] = 1
    dx, *_ = pullback(dy)
    assert dx[:, :3].all()
    assert not dx[:, 3:].any()


def test_the_first_position_has_only_its_own_value():
    y, _ = attention(X, *WEIGHTS, heads=2)
    qkv, qkv_bias, out, out_bias = WEIGHTS
    own = (X[:, 0] @ qkv + qkv_bias)[:, 8:]
    np.testing.assert_allclose(y[:, 0], own @ out + out_bias, rtol=1e-12)


@pytest.mark.parametrize("heads", [1, 2])
def test_heads_divide_the_features(heads: int):
    y, _ = attention(X, *WEIGHTS, heads=heads)
    joined = (X @ WEIGHTS[0] + WEIGHTS[1]).reshape(2, 5, 3, heads, -1)
    mixed = np.zeros((2, 5, heads, 4 // heads))
    for batch, time, head in np.ndindex(2, 5, heads):
        scores = joined[batch, : time + 1, 1, head] @ joined[batch, time, 0, head] / (4 // heads) ** 0.5
        shares = np.exp(scores) / np.exp(scores).sum()
        mixed[batch, time, head] = shares @ joined[batch, : time + 1, 2, head]
    np.testing.assert_allclose(y, mixed.reshape(2, 5, 4) @ WEIGHTS[2] + WEIGHTS[3], rtol=1e-12)
