"""A Value as a number: arithmetic on both sides, comparisons, what it is made from; what it refuses."""

import copy
import inspect
import math
import pickle
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any
from weakref import ref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.errors import MoregradError, ScalarError
from moregrad.scalar import COMPILED, Op, Value

NUMBERS = st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-6)
ARITHMETIC = [
    lambda x, y: x + y,
    lambda x, y: x - y,
    lambda x, y: x * y,
    lambda x, y: x / y,
    lambda x, y: (1 + abs(x)) ** (y / 1e6),
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


def test_attributes_can_be_added_as_programs_for_micrograd_do():
    p: Any = Value(1.0)
    assert not hasattr(p, "velocity")
    p.velocity = 0.0
    p.velocity = 0.9 * p.velocity - 0.1
    assert (p.velocity, vars(p)) == (-0.1, {"velocity": -0.1})
    del p.velocity
    assert not hasattr(p, "velocity")
    with pytest.raises(AttributeError):
        p.op = "mine"


def test_copies_and_pickles_keep_added_attributes():
    p: Any = Value(1.0, label="p")
    p.m, p._vis_color = [0.5], "lightgreen"
    for same in (copy.copy(p), copy.deepcopy(p), pickle.loads(pickle.dumps(p))):
        assert (same.m, same._vis_color, same.label, same.data) == ([0.5], "lightgreen", "p", 1.0)
    assert copy.copy(p).m is p.m
    assert copy.deepcopy(p).m is not p.m


def test_a_node_without_added_attributes_has_no_dictionary():
    size = sys.getsizeof(Value(1.0)) if COMPILED else 112
    assert size == 112
    x = Value(1.0)
    assert x.__reduce__()[2] is None


@pytest.mark.parametrize("link", [lambda x: x, lambda x: [x], lambda x: {"before": x}])
def test_values_that_hold_each_other_by_attributes_in_a_long_chain_are_freed(link: Any):
    x: Any = Named("first")
    freed = ref(x)
    for _ in range(100_000):
        before, x = x, Value(1.0) * 2.0
        x.before = link(before)
        del before
    del x
    assert freed() is None


def test_a_constructor_called_twice_makes_a_leaf_anew():
    x = Value(2.0) * 3.0
    Value.__init__(x, 5.0, label="again")
    assert (x.data, x.inputs, x.op, x.label) == (5.0, (), "", "again")


def test_a_value_cannot_become_the_input_of_its_own_input():
    x = Value(2.0)
    y = x * x
    for children in ((y,), (x,)):
        with pytest.raises(ScalarError, match="was made before: make a new Value"):
            Value.__init__(x, 1.0, children, (1.0,))
    y.backward()
    assert x.grad != 0.0


def test_operations_made_by_hand_have_an_op_and_inputs():
    with pytest.raises(ScalarError, match="odd of nothing"):
        Value._apply_op(Op("odd", lambda: 1.0, lambda out: ()), [])
    with pytest.raises(ScalarError, match="'\\+' is not an Op"):
        Value._apply_op("+", [Value(1.0)])  # pyright: ignore[reportArgumentType]


def test_help_shows_the_arguments_of_methods():
    assert list(inspect.signature(Value.leaky_relu).parameters) == ["self", "slope"]
    assert str(inspect.signature(Value(1.0).leaky_relu).parameters["slope"].default) == "0.01"
    assert (Value.leaky_relu.__doc__ or "").startswith("This Value where it is positive")


def test_unary_plus_gives_the_value_itself():
    x = Value(-2.0)
    assert +x is x


def test_numpy_takes_the_mean_variance_and_deviation_of_values():
    numbers = [1.0, 3.0, 4.0, 8.0]
    values: Any = [Value(x) for x in numbers]
    found: Any = np.std(values)
    found.backward()
    assert [np.mean(values).data, np.var(values).data, found.data] == pytest.approx(
        [np.mean(numbers), np.var(numbers), np.std(numbers)]
    )
    expected = [(x - np.mean(numbers)) / (len(numbers) * np.std(numbers)) for x in numbers]
    assert [v.grad for v in values] == pytest.approx(expected)


@pytest.mark.parametrize("exponent", [10**400, math.nan])
def test_an_exponent_that_no_float_holds_is_refused(exponent: Any):
    with pytest.raises(ScalarError, match="it is not a number that a float can hold"):
        _ = Value(2.0) ** exponent
