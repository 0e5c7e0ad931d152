"""A row of the table at some numbers."""

import math
from typing import Any

import pytest

from moregrad.errors import ScalarError
from moregrad.scalar.evaluate import evaluate
from moregrad.scalar.ops import Op

LOG = Op("log", math.log, lambda x, out: (1 / x,))


def test_the_output_comes_with_the_derivative_by_each_input():
    times = Op("*", lambda x, y: x * y, lambda x, y, out: (y, x))
    assert evaluate(times, [2.0, 5.0]) == (10.0, (5.0, 2.0))


@pytest.mark.parametrize("x", [0.0, -1.0])
def test_where_an_operation_is_not_defined_there_is_none(x: float):
    assert evaluate(LOG, [x]) is None


def test_neither_an_output_nor_a_derivative_may_be_nan():
    assert evaluate(Op("f", lambda x: math.nan, lambda x, out: (1.0,)), [1.0]) is None
    assert evaluate(Op("f", lambda x: x, lambda x, out: (math.nan,)), [1.0]) is None


@pytest.mark.parametrize("partials", [(), (1.0, 2.0), [1.0], 1.0])
def test_a_row_with_other_partials_than_inputs_is_refused(partials: Any):
    with pytest.raises(ScalarError, match=r"f of 1 inputs: partials returned .* one number for each input"):
        evaluate(Op("f", lambda x: x, lambda x, out: partials), [1.0])


def test_a_scalar_error_of_the_row_itself_is_passed_on():
    def forward(x: float) -> float:
        raise ScalarError("mine")

    with pytest.raises(ScalarError, match="mine"):
        evaluate(Op("f", forward, lambda x, out: (1.0,)), [1.0])
