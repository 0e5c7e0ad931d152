"""One step of every recurrent cell, from its formula; test_operation.py holds their gradients to the automatic ones."""

import numpy as np

from backprop.operations import Numbers
from moregrad.backprop import gru_cell, lstm_cell, tanh_cell

N = Numbers(0)
X, BEFORE, MEMORY = N(2, 3), N(2, 4), N(2, 4)


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def test_the_plain_cell_is_a_tanh_of_two_maps():
    weight, recurrent, bias = N(3, 4), N(4, 4), N(4)
    y, _ = tanh_cell(X, BEFORE, weight, recurrent, bias)
    np.testing.assert_allclose(y, np.tanh(X @ weight + BEFORE @ recurrent + bias), rtol=1e-12)


def test_the_gru_goes_from_the_state_to_the_candidate_as_far_as_its_gate_says():
    weight, recurrent, bias, recurrent_bias = N(3, 12), N(4, 12), N(12), N(12)
    y, _ = gru_cell(X, BEFORE, weight, recurrent, bias, recurrent_bias)
    x, h = np.split(X @ weight + bias, 3, 1), np.split(BEFORE @ recurrent + recurrent_bias, 3, 1)
    share = sigmoid(x[1] + h[1])
    candidate = np.tanh(x[2] + sigmoid(x[0] + h[0]) * h[2])
    np.testing.assert_allclose(y, (1 - share) * BEFORE + share * candidate, rtol=1e-11)


def test_the_lstm_returns_its_output_and_its_memory():
    weight, recurrent, bias = N(3, 16), N(4, 16), N(16)
    (y, memory), _ = lstm_cell(X, BEFORE, MEMORY, weight, recurrent, bias)
    i, f, g, o = np.split(X @ weight + BEFORE @ recurrent + bias, 4, 1)
    expected = sigmoid(f) * MEMORY + sigmoid(i) * np.tanh(g)
    np.testing.assert_allclose(memory, expected, rtol=1e-11)
    np.testing.assert_allclose(y, sigmoid(o) * np.tanh(expected), rtol=1e-11)
