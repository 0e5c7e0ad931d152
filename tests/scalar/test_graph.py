"""The backward sweep: reuse, repeated calls, depth; against PyTorch and against derivatives carried forward."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from hypothesis import given

from moregrad.errors import ScalarError
from moregrad.scalar import COMPILED, Program, Value, graph, maximum
from moregrad.scalar.graph import is_changed, list_inputs, list_numbers, order
from scalar.graphs import Step, forward_gradient, graphs, total, values_of

RECORDED = json.loads((Path(__file__).parents[1] / "reference" / "scalar.json").read_text())["graphs"]
DEPTH = 1_000_000


@pytest.mark.parametrize("recorded", RECORDED, ids=range(len(RECORDED)))
def test_random_graphs_have_pytorchs_output_and_gradient(recorded: dict[str, Any]):
    leaves = values_of(recorded["leaves"])
    output = total(leaves, recorded["steps"])
    output.backward()
    assert output.data == pytest.approx(recorded["output"], rel=1e-13)
    assert [x.grad for x in leaves] == pytest.approx(recorded["gradient"], rel=1e-11, abs=1e-13)


@given(graphs())
def test_backward_finds_what_derivatives_carried_forward_find(drawn: tuple[list[float], list[Step]]):
    leaves = values_of(drawn[0])
    total(leaves, drawn[1]).backward()
    assert [x.grad for x in leaves] == pytest.approx(forward_gradient(*drawn), rel=1e-9, abs=1e-12)


@given(graphs())
def test_each_value_comes_once_and_after_its_inputs(drawn: tuple[list[float], list[Step]]):
    root = total(values_of(drawn[0]), drawn[1])
    nodes = order(root)
    place = {id(v): i for i, v in enumerate(nodes)}
    assert nodes[-1] is root
    assert len(place) == len(nodes)
    assert all(place[id(x)] < place[id(v)] for v in nodes for x in v.inputs)


@given(graphs())
def test_a_second_call_adds_the_same_to_leaves_and_leaves_nodes_as_they_were(drawn: tuple[list[float], list[Step]]):
    leaves = values_of(drawn[0])
    root = total(leaves, drawn[1])
    root.backward()
    once = [x.grad for x in leaves], [v.grad for v in order(root) if v.inputs]
    root.backward()
    assert [x.grad for x in leaves] == pytest.approx([2 * grad for grad in once[0]], rel=1e-12, abs=1e-12)
    assert [v.grad for v in order(root) if v.inputs] == once[1]


def test_a_value_added_to_itself():
    a = Value(3.0)
    (a + a).backward()
    assert a.grad == 2.0


def test_a_value_waits_for_all_its_users():
    a = Value(1.0)
    b = a + a
    (b + b).backward()
    assert (b.grad, a.grad) == (2.0, 4.0)


def test_two_losses_that_share_a_node_add_up_in_leaves():
    a, b = Value(2.0), Value(3.0)
    shared = a * b
    (shared * 2).backward()
    (shared * 5).backward()
    assert (a.grad, b.grad, shared.grad) == (21.0, 14.0, 5.0)


def test_backward_of_a_leaf_is_1_and_adds_up():
    a = Value(3.0)
    a.backward()
    a.backward()
    assert a.grad == 2.0


def test_backward_uses_the_numbers_of_the_time_of_calculation():
    a = Value(3.0)
    b = a * a
    a.data = 100.0
    b.backward()
    assert a.grad == 6.0


def test_zero_grad_undoes_backward_everywhere_below():
    a, b = Value(2.0), Value(3.0)
    c = (a * b).tanh()
    c.backward()
    assert all(v.reached for v in order(c))
    c.zero_grad()
    assert [v.grad for v in order(c)] == [0.0] * 4
    assert not any(v.reached for v in order(c))


class Marked(Value):
    """Of a derived class there can be weak references, which tell whether it was freed."""


def test_a_chain_of_a_million_operations_is_swept_and_freed():
    x = y = Marked(1.0)
    for _ in range(DEPTH):
        y = y + x
    y.backward()
    assert (y.data, x.grad) == (DEPTH + 1.0, DEPTH + 1.0)
    freed = ref(x)
    del x, y
    assert freed() is None


def test_a_chain_that_was_never_swept_is_freed_too():
    x = Marked(0.5)
    freed = ref(x)
    for _ in range(DEPTH):
        x = -x
    del x
    assert freed() is None


def test_a_ladder_whose_every_rung_is_used_twice_is_freed():
    x = y = Marked(1e-9)
    freed = ref(x)
    for _ in range(100_000):
        x, y = (x + y) * 0.5, (x - y) * 0.5
    del x, y
    assert freed() is None


def test_a_graph_of_wide_operations_is_freed():
    x = Marked(1.0)
    freed = ref(x)
    for _ in range(100_000):
        x = maximum(x, x, 0.5)
    del x
    assert freed() is None


@pytest.mark.skipif(COMPILED, reason="counters of compiled modules cannot be set")
@given(graphs())
def test_marks_begin_anew_before_they_exceed_32_bits(drawn: tuple[list[float], list[Step]]):
    leaves = values_of(drawn[0])
    root = total(leaves, drawn[1])
    graph._mark = graph._LAST - 4
    found = [list(map(id, order(root))) for _ in range(5)]
    assert all(once == found[0] for once in found)
    assert 0 < graph._mark < 2**31


def test_the_inputs_of_a_node_are_listed_with_the_numbers_they_had():
    x, y, z = Value(2.0), Value(3.0), Value(4.0)
    for node, numbers in (
        (x * y, (2.0, 3.0)),
        (-x, (2.0,)),
        (x.relu(), (2.0,)),
        (x.tanh(), (2.0,)),
        (x**y, (2.0, 3.0)),
        (maximum(x, y, z), (2.0, 3.0, 4.0)),
        (x, ()),
    ):
        before = [v.data for v in (x, y, z)]
        assert not is_changed(node)
        x.data, y.data, z.data = 7.0, 8.0, 9.0
        assert is_changed(node) == bool(numbers)
        assert list_numbers(node) == numbers
        assert list_inputs(node) == node.inputs == (x, y, z)[: len(numbers)]
        x.data, y.data, z.data = before


def test_the_graph_of_nothing_is_refused():
    for use in (order, graph.backward, graph.zero_grad, list_inputs, list_numbers, is_changed):
        with pytest.raises(ScalarError, match="did a function forget to return one"):
            use(None)  # pyright: ignore[reportArgumentType]


def test_a_gradient_that_is_not_a_number_is_told():
    x = Value(0.0)
    for backward in ((x * x).sqrt().backward, replayed((x * x).sqrt())):
        with pytest.raises(ScalarError, match=r"the gradient of Value\(data=0\.0, .* is not a number"):
            backward()


def replayed(output: Value) -> Callable[[], None]:
    program = Program(output)
    program()
    return program.backward


def test_doubling_fifty_times_does_not_take_for_ever():
    x = y = Value(1.0)
    for _ in range(50):
        y = y + y
    y.backward()
    assert x.grad == 2.0**50
