"""The checked evaluation of an operation."""

import math
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import pytest

from moregrad.errors import ScalarError
from moregrad.scalar import Op, Value, ops
from moregrad.scalar.evaluate import evaluate


def test_the_output_and_the_partial_derivatives_are_returned():
    assert evaluate(ops.multiply, [3.0, 4.0]) == (12.0, (4.0, 3.0))


@pytest.mark.parametrize(
    ("op", "numbers"),
    [(ops.log, [-1.0]), (ops.divide, [1.0, 0.0]), (ops.subtract, [math.inf, math.inf]), (ops.sin, [math.inf])],
)
def test_outside_the_domain_there_is_nothing(op: Op, numbers: list[float]):
    assert evaluate(op, numbers) is None


def test_a_partial_derivative_that_is_not_a_number_is_outside_the_domain_too():
    assert evaluate(Op("odd", lambda x: x, lambda x, out: (math.nan,)), [1.0]) is None
    assert evaluate(ops.sqrt, [0.0]) == (0.0, (math.inf,))


@pytest.mark.parametrize("returned", [1.0, [1.0], (1.0,), (1.0, 2.0, 3.0)])
def test_partials_must_be_a_tuple_with_a_number_for_each_input(returned: Any):
    with pytest.raises(ScalarError, match=r"odd of 2 inputs: partials returned .* one number for each input"):
        evaluate(Op("odd", lambda x, y: x, lambda x, y, out: returned), [1.0, 2.0])


class Slopes(NamedTuple):
    by_x: float
    by_y: float


def test_numbers_of_every_kind_become_floats_and_tuples_with_names_plain_ones():
    slopes: Any = (True, Fraction(1, 2))
    forward: Any = lambda x, y: np.float32(x)  # noqa: E731
    op = Op("odd", forward, lambda x, y, out: Slopes(*slopes))
    found: Any = evaluate(op, [3.0, 4.0])
    assert found == (3.0, (1.0, 0.5))
    assert (type(found), type(found[1]), *map(type, (found[0], *found[1]))) == (tuple, tuple, float, float, float)
    x, y = Value(3.0), Value(4.0)
    op(x, y).backward()
    assert (x.grad, y.grad) == (1.0, 0.5)


@pytest.mark.parametrize(
    ("data", "partials"), [(None, (1.0,)), ("a", (1.0,)), (1.0, (None,)), (1.0, ([1.0],)), (10**400, (1.0,))]
)
def test_what_is_no_number_is_refused(data: Any, partials: Any):
    with pytest.raises(ScalarError, match=r"odd returned .* all of them must be numbers"):
        evaluate(Op("odd", lambda x: data, lambda x, out: partials), [1.0])


def test_an_error_raised_on_purpose_is_passed_on():
    def fail(x: float) -> float:
        raise ScalarError("on purpose")

    with pytest.raises(ScalarError, match="on purpose"):
        evaluate(Op("odd", fail, lambda x, out: (1.0,)), [1.0])
