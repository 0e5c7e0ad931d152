"""A Value as a number: arithmetic on both sides, comparisons, what it is made from; what it refuses."""

import copy
import math
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.errors import MoregradError, ScalarError
from moregrad.scalar import Value

NUMBERS = st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-6)
ARITHMETIC = [
    lambda x, y: x + y,
    lambda x, y: x - y,
    lambda x, y: x * y,
    lambda x, y: x / y,
    lambda x, y: abs(x) ** (y / 1e6),
]


def test_a_new_value_is_a_leaf_without_gradient():
    x = Value(2, label="x")
    assert (x.data, x.grad, x.label, x.op, x.inputs, x.partials) == (2.0, 0.0, "x", "", (), ())
    assert repr(x) == "Value(data=2.0, grad=0.0, label='x')"


def test_a_result_knows_what_it_was_made_from():
    x, y = Value(2.0), Value(-3.0)
    z = x * y
    assert (z.data, z.op, z.partials) == (-6.0, "*", (-3.0, 2.0))
    assert z.inputs[0] is x
    assert z.inputs[1] is y


@pytest.mark.parametrize("operation", ARITHMETIC)
@given(x=NUMBERS, y=NUMBERS.filter(bool))
def test_arithmetic_is_that_of_floats_with_values_and_numbers_on_either_side(operation: Any, x: float, y: float):
    expected = operation(x, y)
    for left, right in ((Value(x), Value(y)), (Value(x), y), (x, Value(y))):
        assert operation(left, right).data == expected


@pytest.mark.parametrize("number", [2, 2.5, True, Fraction(5, 2), np.int64(2), np.float32(2.5), np.float64(2.5)])
def test_numbers_of_every_kind_may_stand_on_either_side(number: Any):
    x = Value(3.0)
    assert (x + number).data == (number + x).data == 3 + float(number)
    assert (x * number).data == (number * x).data == 3 * float(number)
    assert Value(number).data == float(number)


def test_values_add_up_with_sum():
    values = [Value(float(i)) for i in range(5)]
    total: Any = sum(values)
    total.backward()
    assert total.data == 10.0
    assert [v.grad for v in values] == [1.0] * 5


def test_numpy_arrays_take_values_one_by_one():
    x = Value(3.0)
    for products in (x * np.array([1.0, 2.0]), np.array([1.0, 2.0]) * x):
        assert [p.data for p in products] == [3.0, 6.0]


@given(NUMBERS, NUMBERS)
def test_comparisons_are_those_of_numbers(x: float, y: float):
    for left, right in ((Value(x), Value(y)), (Value(x), y), (x, Value(y))):
        assert (left < right) == (x < y)
        assert (left <= right) == (x <= y)
        assert (left > right) == (x > y)
        assert (left >= right) == (x >= y)
        assert (left == right) == (x == y)
        assert (left != right) == (x != y)


def test_sets_and_dictionaries_tell_equal_values_apart():
    x, y = Value(1.0), Value(1.0)
    assert x == y
    assert len({x, y}) == 2
    assert {x: "x", y: "y"}[y] == "y"


def test_max_and_min_choose_a_value():
    values = [Value(1.0), Value(3.0), Value(-2.0)]
    assert max(values) is values[1]
    assert min(values) is values[2]


def test_a_value_is_not_equal_to_what_is_no_number():
    assert Value(1.0) != "1.0"
    assert Value(1.0) != None  # noqa: E711
    with pytest.raises(TypeError, match="not supported between"):
        _ = Value(1.0) < "2"  # pyright: ignore[reportOperatorIssue]


def test_float_and_formats_give_the_number():
    x = Value(math.pi)
    assert float(x) == math.pi
    assert f"{x:.2f}" == "3.14"
    assert f"{x}" == repr(x)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("3", "'3'.*not str"),
        (b"3", "not bytes"),
        (None, "not NoneType"),
        (math.nan, "not NaN"),
        (np.float64("nan"), "not NaN"),
        (1j, "not complex"),
        ([1.0], "not list"),
        (10**400, "a float can hold"),
        (Value(1.0), "is a Value already"),
    ],
)
def test_data_that_is_no_number_is_refused(data: Any, told: str):
    with pytest.raises(ScalarError, match=told):
        Value(data)


def test_numbers_from_other_libraries_are_taken():
    assert Value(Decimal("2.5")).data == 2.5
    assert Value(np.array(2.5)).data == 2.5
    assert Value(-math.inf).data == -math.inf


def test_integers_too_large_for_a_float_are_refused_or_compared():
    with pytest.raises(ScalarError, match=r"as an input of \+: it is not a number that a float can hold"):
        _ = Value(1.0) + 10**400
    assert Value(1.0) < 10**400
    assert Value(1.0) != 10**400


def test_nan_as_an_operand_names_the_operation():
    with pytest.raises(ScalarError, match=r"nan as an input of \*"):
        _ = Value(1.0) * math.nan


def test_what_became_nan_is_found_by_the_next_operation():
    x = Value(1.0, label="weight")
    x.data = math.nan
    for operation in (lambda: x * 2, lambda: x.relu(), lambda: x.tanh()):
        with pytest.raises(ScalarError, match=r"nan \(label 'weight'\).* is not defined"):
            operation()


def test_errors_are_moregrads_and_value_errors():
    assert issubclass(ScalarError, MoregradError)
    assert issubclass(ScalarError, ValueError)


@pytest.mark.parametrize("operation", [lambda x: x + "a", lambda x: "a" - x, lambda x: x ** [2], lambda x: {} / x])
def test_what_is_no_number_cannot_be_calculated_with(operation: Any):
    with pytest.raises(TypeError, match="unsupported operand"):
        operation(Value(1.0))


def test_copies_and_pickles_are_leaves_of_the_same_number():
    x = Value(1.0, label="x") + 1
    x.label = "y"
    for same in (copy.copy(x), copy.deepcopy(x), pickle.loads(pickle.dumps(x))):
        assert (same.data, same.label, same.inputs) == (2.0, "y", ())


def test_what_is_not_a_number_any_more_can_still_be_copied():
    x = Value(1.0, label="x")
    x.data = math.nan
    assert math.isnan(copy.copy(x).data)


class Named(Value):
    def __init__(self, name: str) -> None:
        super().__init__(1.0)
        self.name = name


def test_derived_classes_with_constructors_of_their_own_can_be_copied():
    same = pickle.loads(pickle.dumps(Named("n")))
    assert (type(same), same.name, same.data) == (Named, "n", 1.0)


def test_micrograds_and_microgpts_keywords_are_taken():
    x = Value(2.0)
    assert Value(4.0, _children=(x,), _op="double").op == "double"


def test_classes_can_be_derived_and_methods_added():
    class Parameter(Value):
        frozen = False

    p = Parameter(2.0, label="p")
    p.frozen = True
    assert (type(copy.deepcopy(p)), copy.deepcopy(p).frozen) == (Parameter, True)
    (p * 3).backward()
    assert (p.grad, p.frozen) == (3.0, True)
    Value.double = lambda self: self * 2  # pyright: ignore[reportAttributeAccessIssue]
    try:
        assert Value(4.0).double().data == 8.0  # pyright: ignore[reportAttributeAccessIssue]
    finally:
        del Value.double  # pyright: ignore[reportAttributeAccessIssue]


def test_a_misspelt_attribute_is_refused():
    with pytest.raises(AttributeError):
        Value(1.0).gard = 2.0  # pyright: ignore[reportAttributeAccessIssue]
