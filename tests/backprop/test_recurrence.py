"""A cell along time; test_operation.py holds its gradient to the automatic one."""

import numpy as np

from backprop.operations import Numbers
from moregrad.backprop import gru_unit, recurrence

N = Numbers(0)
X, START, WEIGHTS = N(5, 2, 3, 4), (N(4),), (N(4, 12), N(12))
FRESH = np.asarray([[1, 1], [0, 0], [0, 1], [1, 0], [0, 0]], bool)


def test_time_steps_are_those_of_the_unit():
    y, _ = recurrence(X, START, FRESH, *WEIGHTS, unit=gru_unit)
    state = np.zeros((2, 4))
    for time in range(5):
        state = np.where(FRESH[time][:, None], START[0], state)
        (state,), _ = gru_unit(X[time], (state @ WEIGHTS[0] + WEIGHTS[1]).reshape(2, 3, 4), (state,))
        np.testing.assert_allclose(y[time], state, rtol=1e-12)


def test_nothing_flows_back_into_the_word_before():
    _, pullback = recurrence(X, START, FRESH, *WEIGHTS, unit=gru_unit)
    dy = np.zeros((5, 2, 4))
    dy[4, 0] = 1
    dx, (dstart,), nothing, dweight, dbias = pullback(dy)
    assert nothing is None
    assert dx[3:, 0].all()
    assert not dx[:3].any()
    assert (dstart.shape, dweight.shape, dbias.shape) == ((4,), (4, 12), (12,))
