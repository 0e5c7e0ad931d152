"""Gradients as Values: the same numbers as backward, and differentiable again."""

import pytest
from hypothesis import given

from moregrad.errors import ScalarError
from moregrad.scalar import Value, check_gradient, gradient
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
