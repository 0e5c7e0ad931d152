"""A Value among numbers and in lists: comparisons, identity, conversions, formats."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.scalar import MLP, Value

NUMBERS = st.floats(-1e6, 1e6)


@given(NUMBERS, NUMBERS)
def test_order_is_that_of_numbers(x: float, y: float):
    for left, right in ((Value(x), Value(y)), (Value(x), y), (x, Value(y))):
        assert (left < right) == (x < y)
        assert (left <= right) == (x <= y)
        assert (left > right) == (x > y)
        assert (left >= right) == (x >= y)


@pytest.mark.parametrize("other", [Value(1.0), 1.0, 1, True, "1.0", None])
def test_a_value_equals_itself_only(other: Any):
    x = Value(1.0)
    assert x == x
    assert x != other
    assert other != x
    assert hash(x) == hash(x)


def test_lists_sets_and_dictionaries_tell_values_of_the_same_number_apart():
    values = [Value(1.0) for _ in range(9)]
    frozen = values[2:5]
    assert [p for p in values if p not in frozen] == values[:2] + values[5:]
    assert [values.index(p) for p in values] == list(range(9))
    assert [values.count(p) for p in values] == [1] * 9
    values.remove(values[4])
    assert frozen[2] not in values
    assert len(set(values)) == 8
    assert {x: i for i, x in enumerate(values)}[values[7]] == 7


def sort(root: Value) -> list[Value]:
    """A topological sort that asks a list."""
    topo: list[Value] = []

    def build(v: Value) -> None:
        if v not in topo:
            for child in v._prev:
                build(child)
            topo.append(v)

    build(root)
    return topo


def test_a_topological_sort_by_a_list_loses_no_gradient():
    a = Value(1.0)
    y = a * 1.0 + 0.0
    y.grad = 1.0
    for v in reversed(sort(y)):
        v._backward()
    assert a.grad == 1.0


def test_the_parameters_of_a_network_are_found_by_identity():
    parameters = MLP(2, [3, 1]).parameters()
    for p in parameters:
        p.data = 0.0
    assert [parameters.index(p) for p in parameters] == list(range(len(parameters)))


@pytest.mark.parametrize("number", [0.0, -0.0, 1.0, -2.5, math.inf])
def test_a_value_is_true_whatever_its_number(number: float):
    assert bool(Value(number)) is True


def test_max_and_min_choose_a_value():
    values = [Value(1.0), Value(3.0), Value(-2.0)]
    assert max(values) is values[1]
    assert min(values) is values[2]
    assert sorted(values)[0] is values[2]


def test_what_is_no_number_has_no_order():
    for other in ("2", None, [1.0]):
        with pytest.raises(TypeError, match="not supported between"):
            _ = Value(1.0) < other


@given(NUMBERS)
def test_conversions_and_formats_are_those_of_floats(x: float):
    v = Value(x)
    assert (float(v), int(v), math.trunc(v), math.floor(v), math.ceil(v)) == (
        x,
        int(x),
        math.trunc(x),
        math.floor(x),
        math.ceil(x),
    )
    assert (round(v), round(v, 2), round(v, -1)) == (round(x), round(x, 2), round(x, -1))
    assert [f"{v:.2f}", f"{v:>12.4e}", format(v, "+")] == [f"{x:.2f}", f"{x:>12.4e}", format(x, "+")]
    assert f"{v}" == str(v) == repr(v)


def test_what_floats_cannot_do_values_cannot():
    for convert in (int, math.trunc, round):
        with pytest.raises(OverflowError):
            convert(Value(math.inf))
    with pytest.raises(ValueError, match="format"):
        format(Value(1.0), "d")
    with pytest.raises(TypeError):
        Value(1.0).__format__(2)  # pyright: ignore[reportArgumentType]
