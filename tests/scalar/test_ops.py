"""The table of operations: numbers, gradients, second derivatives; kinks, overflow, rows of one's own."""

import json
import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.errors import ScalarError
from moregrad.scalar import Op, Value, check_gradient, gradient, maximum, minimum, ops
from scalar.rows import ROWS, SMOOTH

RECORDED = json.loads((Path(__file__).parents[1] / "reference" / "scalar.json").read_text())
POINTS = [(name, point) for name, points in RECORDED["operations"].items() for point in points]

every_row = pytest.mark.parametrize("name", ROWS)
every_point = pytest.mark.parametrize(("name", "point"), POINTS, ids=[f"{n} {p['inputs']}" for n, p in POINTS])


def test_every_row_but_the_constant_powers_was_recorded_from_pytorch():
    assert set(RECORDED["operations"]) == {name for name in ROWS if not name.startswith("**") or name == "**"}


@every_point
def test_numbers_and_gradients_are_those_of_pytorch(name: str, point: dict[str, Any]):
    inputs = [Value(x) for x in point["inputs"]]
    output = ROWS[name](*inputs)
    output.backward()
    assert output.data == pytest.approx(point["output"], rel=1e-12, abs=1e-15)
    assert [x.grad for x in inputs] == pytest.approx(point["gradient"], rel=1e-11, abs=1e-15)


@every_point
def test_second_derivatives_are_those_of_pytorch(name: str, point: dict[str, Any]):
    inputs = [Value(x) for x in point["inputs"]]
    slope: Any = sum(gradient(ROWS[name](*inputs), inputs))
    second = [x.data for x in gradient(slope, inputs)]
    assert second == pytest.approx(point["second"], rel=1e-9, abs=1e-12)


@every_row
@given(data=st.data())
def test_backward_agrees_with_central_differences(name: str, data: st.DataObject):
    inputs = data.draw(SMOOTH[name])
    found = check_gradient(ROWS[name], inputs)
    assert found.ok, found


@every_row
@given(data=st.data())
def test_the_gradient_of_the_gradient_agrees_with_central_differences(name: str, data: st.DataObject):
    inputs = data.draw(SMOOTH[name])
    found = check_gradient(lambda *xs: sum(gradient(ROWS[name](*xs), xs)), inputs, tolerance=1e-5)  # pyright: ignore[reportArgumentType]
    assert found.ok, found


@every_row
@given(data=st.data())
def test_a_number_comes_from_numbers_and_the_same_from_values(name: str, data: st.DataObject):
    inputs = data.draw(SMOOTH[name])
    assert isinstance(ROWS[name](*inputs), float)
    assert ROWS[name](*inputs) == ROWS[name](*map(Value, inputs)).data


BY_SYMBOL = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
    "**": lambda x, y: x**y,
    "neg": lambda x: -x,
    "abs": abs,
    "**2": lambda x: x**2,
    **{name: getattr(Value, name) for name in ("exp", "log", "sqrt", "sin", "cos")},
    **{name: getattr(Value, name) for name in ("tanh", "sigmoid", "gelu", "softplus")},
    "ReLU": Value.relu,
    "leaky ReLU": Value.leaky_relu,
}


@pytest.mark.parametrize("name", BY_SYMBOL)
@given(data=st.data())
def test_symbols_and_methods_do_to_the_bit_what_the_table_says(name: str, data: st.DataObject):
    inputs = [Value(x) for x in data.draw(SMOOTH[name])]
    written, by_table = BY_SYMBOL[name](*inputs), Value._apply_op(ROWS[name], inputs)
    assert (written.data, written.partials, written.rule) == (by_table.data, by_table.partials, ROWS[name])


@pytest.mark.parametrize(
    ("op", "at", "expected"), [(ops.relu, 0.0, 0.0), (ops.absolute, 0.0, 0.0), (ops.leaky_relu_of(0.1), 0.0, 0.1)]
)
def test_derivatives_at_kinks_are_those_of_pytorch(op: Op, at: float, expected: float):
    x = Value(at)
    op(x).backward()
    assert x.grad == expected


def test_the_second_derivative_of_a_power_at_0_is_the_same_for_numbers_and_values_as_exponent():
    for exponent in (2, Value(2.0)):
        x = Value(0.0)
        (slope,) = gradient(x**exponent, [x])
        assert (slope.data, *(g.data for g in gradient(slope, [x]))) == (0.0, 2.0)


def test_a_slope_that_would_lose_its_gradient_is_refused():
    with pytest.raises(ScalarError, match=r"slope Value.*: give a plain, finite number"):
        Value(1.0).leaky_relu(Value(0.1))  # pyright: ignore[reportArgumentType]
    for slope in (math.inf, math.nan, 10**400):
        with pytest.raises(ScalarError, match="give a plain, finite number"):
            Value(1.0).leaky_relu(slope)


VARIADIC = [maximum, minimum, ops.logsumexp]


@pytest.mark.parametrize(
    "op", [*VARIADIC, ops.relu, ops.exp, ops.tanh, ops.absolute, ops.negate], ids=lambda op: op.name
)
@pytest.mark.parametrize(
    "given",
    [[1.0, 2.0], (Value(1.0), Value(2.0)), np.ones(2), np.ones(1), np.ones((2, 2)), "ab", b"ab", {1.0}, None, iter([])],
    ids=lambda given: type(given).__name__,
)
def test_an_operation_takes_numbers_and_no_list_of_them(op: Op, given: Any):
    with pytest.raises(ScalarError, match=f"as an input of {op.name}: it must be a Value or a number, not"):
        op(given)
    with pytest.raises(ScalarError, match=f"as an input of {op.name}: it must be a Value or a number, not"):
        op(given, Value(1.0))


def test_numbers_of_every_kind_are_taken():
    for one in (1, True, Fraction(1), Decimal(1), np.float32(1), np.int64(1), np.array(1.0)):
        assert ops.exp(one) == math.e
    assert maximum(1, 2.5, Fraction(1, 2)) == 2.5


def test_a_logarithm_has_no_second_number():
    for numbers in ((8.0, 2.0), (Value(8.0), Value(2.0))):
        with pytest.raises(TypeError):
            ops.log(*numbers)


@pytest.mark.parametrize(
    ("undefined", "told"),
    [
        (lambda: Value(math.inf) / math.inf, r"inf / inf .* a divisor other than 0 and at most one infinite number"),
        (lambda: Value(1.0) / 0.0, r"1\.0 / 0\.0 .* a divisor other than 0"),
        (lambda: Value(math.inf) ** Value(-1.0), r"inf \*\* -1\.0 .* a finite base above 0"),
        (lambda: Value(0.0) ** math.inf, r"0\.0 \*\* inf .* a finite exponent"),
        (lambda: Value(-math.inf).leaky_relu(0.0), r"leaky ReLU\(-inf\) .* finite numbers"),
        (lambda: Value(math.inf) - math.inf, r"inf - inf .* finite numbers"),
        (lambda: Value(math.inf) * 0.0, r"inf \* 0\.0 .* finite numbers"),
    ],
)
def test_the_reason_given_is_the_right_one(undefined: Any, told: str):
    with pytest.raises(ScalarError, match=told):
        undefined()


def test_an_operation_on_nothing_is_refused():
    with pytest.raises(ScalarError, match="max of nothing: give at least one number"):
        maximum()


def test_maximum_and_minimum_share_their_gradient_among_equals():
    for extreme, other in ((maximum, -1.0), (minimum, 5.0)):
        x, y, z = Value(2.0), Value(2.0), Value(other)
        extreme(x, y, z).backward()
        assert (x.grad, y.grad, z.grad) == (0.5, 0.5, 0.0)


@pytest.mark.parametrize(
    ("op", "at", "expected"),
    [
        (ops.tanh, 400.0, 1.0),
        (ops.sigmoid, -1000.0, 0.0),
        (ops.sigmoid, 1000.0, 1.0),
        (ops.softplus, 1000.0, 1000.0),
        (ops.softplus, -1000.0, 0.0),
        (ops.gelu, 1000.0, 1000.0),
        (ops.gelu, -1000.0, 0.0),
        (ops.exp, 1000.0, math.inf),
        (ops.exp, -1000.0, 0.0),
        (ops.power_of(2), 1e200, math.inf),
        (ops.power_of(3), -1e200, -math.inf),
    ],
)
def test_large_inputs_neither_fail_nor_become_nan(op: Op, at: float, expected: float):
    x = Value(at)
    output = op(x)
    output.backward()
    assert output.data == expected
    assert not math.isnan(x.grad)


def test_functions_keep_their_digits_near_0():
    assert Value(1e-10).tanh().data == 1e-10
    assert Value(-40.0).softplus().data == pytest.approx(math.exp(-40), rel=1e-15)
    assert Value(-9.0).gelu().data == pytest.approx(-9 * 0.5 * math.erfc(9 / math.sqrt(2)), rel=1e-14)


@pytest.mark.parametrize(
    ("base", "exponent", "data", "slope"),
    [(0.0, 0, 1.0, 0.0), (0.0, 1, 0.0, 1.0), (0.0, 2, 0.0, 0.0), (0.0, 0.5, 0.0, math.inf), (-2.0, 3, -8.0, 12.0)],
)
def test_powers_at_0_and_of_negative_numbers(base: float, exponent: float, data: float, slope: float):
    x = Value(base)
    power = x**exponent
    power.backward()
    assert (power.data, x.grad) == (data, slope)


def test_an_exponent_gets_a_gradient_too():
    x, y = Value(2.0), Value(3.0)
    (x**y).backward()
    assert (x.grad, y.grad) == (12.0, pytest.approx(8 * math.log(2)))
    z = Value(3.0)
    (2**z).backward()
    assert z.grad == pytest.approx(8 * math.log(2))


def test_a_row_of_ones_own_works_as_those_of_the_table():
    cube = Op("cube", lambda x: x * x * x, lambda x, out: (3 * x * x,))
    x = Value(2.0)
    assert cube(2.0) == 8.0
    assert cube(x).op == "cube"
    assert check_gradient(cube, [2.0]).ok
    (slope,) = gradient(cube(x), [x])
    (curvature,) = gradient(slope, [x])
    assert (slope.data, curvature.data) == (12.0, 12.0)


@pytest.mark.parametrize(
    ("partials", "told"),
    [
        (lambda x, out: 3 * x * x, "cube of 1 inputs: partials returned 12.0; it must be a tuple"),
        (lambda x, out: (3 * x * x, 1.0), r"cube of 1 inputs: partials returned \(12\.0, 1\.0\)"),
    ],
)
def test_a_row_with_wrong_partials_is_told(partials: Any, told: str):
    with pytest.raises(ScalarError, match=told):
        Op("cube", lambda x: x**3, partials)(Value(2.0))


UNDEFINED = [
    (lambda x: x.log(), 0.0, r"log\(0\.0 \(label 'x'\)\) is not defined; log takes numbers above 0"),
    (lambda x: x.log(), -1.5, r"log\(-1\.5 "),
    (lambda x: x.sqrt(), -4.0, r"sqrt\(-4\.0 .* takes numbers from 0 on"),
    (lambda x: x**0.5, -2.0, r"-2\.0 \(label 'x'\) \*\* 0\.5 is not defined"),
    (lambda x: x ** Value(0.5), -2.0, r"-2\.0 \(label 'x'\) \*\* 0\.5 is not defined"),
    (lambda x: x ** Value(2.0), -2.0, r"plain number as exponent"),
    (lambda x: x**-1, 0.0, r"0\.0 \(label 'x'\) \*\* -1 is not defined"),
    (lambda x: 1 / x, 0.0, r"1\.0 / 0\.0 \(label 'x'\) is not defined; / takes a divisor other than 0"),
    (lambda x: x - math.inf, math.inf, r"inf \(label 'x'\) - inf is not defined"),
    (lambda x: x * 0, math.inf, r"inf \(label 'x'\) \* 0\.0 is not defined"),
    (lambda x: x.sin(), math.inf, r"sin\(inf"),
    (lambda x: x.gelu(), math.inf, r"gelu\(inf .* takes finite numbers"),
    (lambda x: ops.logsumexp(x), -math.inf, r"logsumexp\(-inf"),
]


@pytest.mark.parametrize(("f", "at", "message"), UNDEFINED)
def test_what_is_not_defined_names_the_operation_and_the_value(f: Any, at: float, message: str):
    with pytest.raises(ScalarError, match=message):
        f(Value(at, label="x"))


def test_an_infinite_derivative_that_nothing_asks_for_does_no_harm():
    x = Value(0.0)
    (x.sqrt() * 0.0 + x).backward()
    assert x.grad == 1.0
