"""Units of recurrent cells; test_operation.py holds their gradients to the automatic ones."""

import numpy as np

from moregrad.backprop import gru_unit, lstm_unit, tanh_unit
from moregrad.backprop.units import sigmoid

OPEN, SHUT = 1e3, -1e3
STATE = np.asarray([0.25, -0.5])


def gates(*values: float) -> np.ndarray:
    """Two units, whose gates have these pre-activations."""
    return np.repeat(np.asarray(values, float)[:, None], 2, axis=1)


def test_the_sigmoid_does_not_overflow():
    np.testing.assert_array_equal(sigmoid(np.asarray([SHUT, 0, OPEN])), [0, 0.5, 1])


def test_a_plain_unit_forgets_its_state():
    (y,), pullback = tanh_unit(gates(0.5), gates(0.0), (STATE,))
    np.testing.assert_allclose(y, np.tanh([0.5, 0.5]))
    assert not pullback((STATE,))[2][0].any()


def test_a_gru_whose_gate_is_shut_keeps_its_state_and_passes_the_gradient_on_unchanged():
    (y,), pullback = gru_unit(gates(0, SHUT, 0.5), gates(0, 0, 0), (STATE,))
    np.testing.assert_array_equal(y, STATE)
    np.testing.assert_array_equal(pullback((STATE,))[2][0], STATE)


def test_an_lstm_whose_forget_gate_is_open_keeps_its_memory():
    (y, memory), pullback = lstm_unit(gates(SHUT, OPEN, 0.5, SHUT), gates(0, 0, 0, 0), (STATE, STATE))
    np.testing.assert_array_equal(memory, STATE)
    assert not y.any()
    np.testing.assert_array_equal(pullback((STATE, STATE))[2][1], STATE)
