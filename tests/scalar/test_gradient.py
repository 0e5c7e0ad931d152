"""Gradients as Values: the same numbers as backward, and differentiable again."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.errors import ScalarError
from moregrad.scalar import Op, Value, check_gradient, gradient, logsumexp, maximum
from moregrad.scalar.graph import order
from scalar.graphs import Step, graphs, total, values_of

SMOOTH = ("+", "-", "*", "tanh", "sigmoid", "sin", "neg", "logsumexp")


@given(graphs())
def test_the_numbers_are_those_of_backward(graph: tuple[list[float], list[Step]]):
    leaves = values_of(graph[0])
    output = total(leaves, graph[1])
    found = [x.data for x in gradient(output, leaves)]
    assert [x.grad for x in leaves] == [0.0] * len(leaves)
    output.backward()
    assert found == pytest.approx([x.grad for x in leaves], rel=1e-12, abs=1e-14)


@given(graphs(SMOOTH))
def test_second_derivatives_agree_with_central_differences(graph: tuple[list[float], list[Step]]):
    leaves, steps = graph
    found = check_gradient(lambda *xs: sum(gradient(total(xs, steps), xs)), leaves, tolerance=1e-5)  # pyright: ignore[reportArgumentType]
    assert found.ok, found


def test_derivatives_of_any_order():
    x = Value(2.0)
    y, found = x**4, []
    for _ in range(5):
        (y,) = gradient(y, [x])
        found.append(y.data)
    assert found == [32.0, 48.0, 48.0, 24.0, 0.0]


def test_a_hessian():
    x, y = Value(1.0), Value(2.0)
    rows = [[v.data for v in gradient(g, [x, y])] for g in gradient(x**2 * y**3, [x, y])]
    assert rows == [[16.0, 24.0], [24.0, 12.0]]


def test_backward_through_a_gradient():
    x = Value(3.0)
    (slope,) = gradient(x**3, [x])
    (slope * slope).backward()
    assert x.grad == 2 * 27 * 18


def test_by_values_in_between_and_by_itself():
    x = Value(3.0)
    square = x * x
    output = square * 5
    assert [g.data for g in gradient(output, [square, output, x])] == [5.0, 1.0, 30.0]


def test_what_the_output_does_not_depend_on_has_gradient_0():
    x, y = Value(1.0), Value(1.0)
    assert [g.data for g in gradient(x * 2, [y, x])] == [0.0, 2.0]
    assert [g.data for g in gradient(x * 2, [y])] == [0.0]


def test_nothing_passes_an_infinite_derivative_where_the_gradient_is_0():
    x = Value(0.0)
    (slope,) = gradient(x.sqrt() * 0.0 + x, [x])
    assert slope.data == 1.0


def test_only_values_have_gradients():
    x = Value(1.0)
    for use in (lambda: gradient(None, [x]), lambda: gradient(2.0, [x]), lambda: gradient(x, [2.0])):  # pyright: ignore[reportArgumentType]
        with pytest.raises(ScalarError, match="it takes Values, not"):
            use()


def test_a_deep_graph():
    x = y = Value(1.0)
    for _ in range(100_000):
        y = y + x
    (slope,) = gradient(y, [x])
    assert slope.data == 100_001.0


CHANGED = [
    (lambda x: x**3, 2.0, 12.0),
    (lambda x: x.tanh() * x, 2.0, None),
    (lambda x: x * x, 2.0, 4.0),
    (lambda x: x / (x + 1.0), 2.0, None),
    (lambda x: 1.0 / x, 2.0, -0.25),
    (lambda x: x.relu() * x, 2.0, 4.0),
    (lambda x: x.sin(), 2.0, None),
    (lambda x: -x, 2.0, -1.0),
    (lambda x: x**x, 2.0, None),
    (lambda x: maximum(x, 1.0, x * x), 2.0, 4.0),
    (lambda x: logsumexp([x, 1.0, 2 * x]), 2.0, None),
    (lambda x: x.log() + x.sqrt() - x.exp(), 2.0, None),
]


@pytest.mark.parametrize(("f", "at", "expected"), CHANGED)
@pytest.mark.parametrize("later", [5.0, -2.0, 0.0, math.inf, math.nan])
def test_numbers_assigned_later_change_no_derivative(f: Any, at: float, expected: float | None, later: float):
    x, same = Value(at), Value(at)
    y = f(x)
    slopes = [gradient(f(same), [same])[0]]
    slopes += gradient(slopes[0], [same])
    x.data = later
    (slope,) = gradient(y, [x])
    (curvature,) = gradient(slope, [x])
    y.backward()
    assert x.grad == slope.data == slopes[0].data
    assert curvature.data == slopes[1].data
    assert expected is None or slope.data == expected
    assert y.data == f(same).data


@given(graphs(), st.data())
def test_backward_and_gradient_agree_whatever_is_assigned_afterwards(
    graph: tuple[list[float], list[Step]], data: st.DataObject
):
    leaves = values_of(graph[0])
    output = total(leaves, graph[1])
    expected = [x.data for x in gradient(output, leaves)]
    for v in data.draw(st.lists(st.sampled_from(order(output)[:-1] or leaves), max_size=5)):
        v.data = data.draw(st.floats(-2, 2))
    try:
        found = [x.data for x in gradient(output, leaves)]
    except ScalarError as error:
        assert "compute it again" in str(error)  # noqa: PT017
    else:
        assert found == pytest.approx(expected, rel=1e-8, abs=1e-12)
    output.backward()
    assert [x.grad for x in leaves] == pytest.approx(expected, rel=1e-12, abs=1e-14)


@given(graphs(), st.data())
def test_numbers_of_leaves_never_stop_a_gradient(graph: tuple[list[float], list[Step]], data: st.DataObject):
    leaves = values_of(graph[0])
    output = total(leaves, graph[1])
    expected = [x.data for x in gradient(output, leaves)]
    for x in leaves:
        x.data = data.draw(st.floats(-2, 2))
    assert [x.data for x in gradient(output, leaves)] == expected


def test_a_number_computed_and_changed_by_hand_changes_no_derivative_either():
    x = Value(0.5)
    t = x.tanh()
    y = t * t
    t.data = 0.9
    (slope,) = gradient(y, [x])
    y.backward()
    assert slope.data == x.grad == 2 * math.tanh(0.5) * (1 - math.tanh(0.5) ** 2)


def test_descent_is_never_refused():
    p = loss = Value(4.0)
    for _ in range(3):
        loss = (p - 1.0) ** 2
        p.grad = 0.0
        loss.backward()
        p.data -= 0.25 * p.grad
    assert p.data == 1.0 + 3.0 / 8
    p.grad = 0.0
    loss.backward()
    assert p.grad == 1.5  # at 1.75, where the last loss was computed


def test_an_operation_that_is_no_function_of_its_inputs_is_told():
    answers = iter([1.0, 2.0, 3.0, 4.0])
    dice = Op("dice", lambda x: x, lambda x, out: (next(answers),))
    x = Value(1.0)
    y = dice(x)
    with pytest.raises(ScalarError, match=r"dice had the partial derivatives \(1\.0,\) when .* compute it again"):
        gradient(y, [x])
