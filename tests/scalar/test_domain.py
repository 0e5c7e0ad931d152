"""Numbers and operations that are refused, and the words for it."""

import math
from fractions import Fraction

import numpy as np
import pytest

from moregrad.errors import ScalarError
from moregrad.scalar.domain import number, undefined
from moregrad.scalar.ops import Op, power_of

LOG = Op("log", math.log, lambda x, out: (1 / x,), "numbers above 0")
OVER = Op("/", lambda x, y: x / y, lambda x, y, out: (1 / y, -out / y))


@pytest.mark.parametrize("data", [3, True, 0.5, math.inf, Fraction(1, 4), np.float32(0.25), np.int64(7)])
def test_a_number_becomes_a_float_of_the_same_value(data: object):
    found = number(data)
    assert type(found) is float
    assert found == data


@pytest.mark.parametrize(
    ("data", "kind"),
    [("3", "str"), (b"3", "bytes"), (None, "NoneType"), (1j, "complex"), (10**400, "int"), ([1], "list")],
)
def test_what_is_no_number_is_refused_by_its_type(data: object, kind: str):
    with pytest.raises(ScalarError, match=f"data must be a number that a float can hold, not {kind}"):
        number(data)


def test_nan_is_refused_by_name():
    with pytest.raises(ScalarError, match=r"Value\(nan\): .*, not NaN"):
        number(math.nan)


@pytest.mark.parametrize(
    ("op", "numbers", "labels", "told"),
    [
        (LOG, [0.0], [], "log(0.0) is not defined; log takes numbers above 0"),
        (LOG, [0.0], ["x"], "log(0.0 (label 'x')) is not defined; log takes numbers above 0"),
        (OVER, [1.0, 0.0], ["", "y"], "1.0 / 0.0 (label 'y') is not defined"),
        (Op("atan2", math.atan2, lambda *_: ()), [1.0, 0.0], [], "atan2(1.0, 0.0) is not defined"),
        (power_of(0.5), [-2.0], [], "-2.0 ** 0.5 is not defined"),
    ],
)
def test_an_operation_that_is_not_defined_is_written_as_its_reader_would(op, numbers, labels, told: str):
    assert str(undefined(op, numbers, labels)).startswith(told)
