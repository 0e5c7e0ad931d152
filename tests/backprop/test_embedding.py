"""The look-up of rows in a table."""

import numpy as np

from backprop.operations import Numbers
from moregrad.backprop import embedding

TABLE = Numbers(0)(4, 2)


def test_a_token_that_comes_twice_has_the_sum_of_both_gradients():
    y, pullback = embedding(np.asarray([[1, 3], [1, 0]]), TABLE)
    np.testing.assert_array_equal(y[1], TABLE[[1, 0]])
    nothing, dtable = pullback(np.arange(8.0).reshape(2, 2, 2))
    assert nothing is None
    np.testing.assert_array_equal(dtable, [[6, 7], [4, 6], [0, 0], [2, 3]])
