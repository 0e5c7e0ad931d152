"""Numbers and operations outside their domain."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from moregrad.errors import ScalarError
from moregrad.scalar import ops
from moregrad.scalar.domain import describe_undefined, to_float


@pytest.mark.parametrize("data", [1, True, 2.5, -math.inf, Fraction(1, 4), Decimal("0.5")])
def test_what_a_float_can_hold_is_a_number(data: object):
    found = to_float(data)
    assert type(found) is float
    assert found == data


@pytest.mark.parametrize(
    ("data", "kind"), [("1.5", "str"), (b"1", "bytes"), (None, "NoneType"), (10**400, "int"), (math.nan, "NaN")]
)
def test_anything_else_is_refused_by_its_kind(data: object, kind: str):
    with pytest.raises(ScalarError, match=f"data must be a number that a float can hold, not {kind}"):
        to_float(data)


def test_an_undefined_operation_is_shown_as_it_would_be_written():
    shown = [
        describe_undefined(ops.divide, [1.0, 0.0]),
        describe_undefined(ops.power_of(0.5), [-1.0]),
        describe_undefined(ops.log, [-2.0]),
        describe_undefined(ops.logsumexp, [math.inf, math.inf], ["a", ""]),
    ]
    assert [str(error).split(" is not defined")[0] for error in shown] == [
        "1.0 / 0.0",
        "-1.0 ** 0.5",
        "log(-2.0)",
        "logsumexp(inf (label 'a'), inf)",
    ]


def test_the_message_says_what_the_operation_takes_if_that_is_known():
    assert str(describe_undefined(ops.log, [0.0])) == "log(0.0) is not defined; log takes numbers above 0"
    assert str(describe_undefined(ops.Op("odd", abs, abs), [0.0])) == "odd(0.0) is not defined"  # pyright: ignore[reportArgumentType]
