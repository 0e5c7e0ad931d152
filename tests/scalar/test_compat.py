"""Nodes made by hand, as programs written for micrograd and microgpt make them."""

import math
from typing import Any

import pytest

from moregrad.errors import ScalarError
from moregrad.scalar import Adam, Program, Value, gradient


def test_micrograds_private_names_answer():
    x, y = Value(2.0), Value(3.0)
    z = x * y + x**2
    assert {z._op, x._op} == {"+", ""}
    assert {v._op for v in z._prev} == {"*", "**2"}
    assert x._prev == set()
    assert (y + y)._prev == {y}


def tanh(x: Value) -> Value:
    """As the first lecture writes it."""
    t = math.tanh(x.data)
    out = Value(t, (x,), "tanh")

    def _backward() -> None:
        x.grad += (1 - t**2) * out.grad

    out._backward = _backward
    return out


def test_an_operation_in_micrograds_manner_takes_part_in_backward():
    x = Value(0.5)
    x.grad = 7.0
    y = tanh(x) * 2
    assert x.grad == 7.0
    y.backward()
    assert x.grad == 7.0 + 2 * (1 - math.tanh(0.5) ** 2)


def test_an_input_that_occurs_twice_gets_its_gradient_once():
    x = Value(3.0)
    out = Value(x.data * x.data, (x, x), "square")

    def _backward() -> None:
        x.grad += x.data * out.grad
        x.grad += x.data * out.grad

    out._backward = _backward
    out.backward()
    assert x.grad == 6.0


def test_backward_by_hand_one_node_at_a_time():
    a, b = Value(2.0), Value(-3.0)
    e = a * b
    d = e + 10.0
    d.grad = 1.0
    d._backward()
    e._backward()
    assert (e.grad, a.grad, b.grad) == (1.0, -3.0, 2.0)


def test_partial_derivatives_can_be_given_as_in_microgpt():
    x, y, z = Value(1.0), Value(2.0), Value(3.0)
    out = Value(6.0, (x, y, z), (6.0, 3.0, 2.0))
    out.backward()
    assert (x.grad, y.grad, z.grad) == (6.0, 3.0, 2.0)


def test_a_rule_that_fails_leaves_gradients_as_they_were():
    x = Value(1.0)
    x.grad = 5.0
    out = Value(2.0, (x,), "odd")

    def fails() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        out._backward = fails
    assert (x.grad, out.grad) == (5.0, 0.0)


def test_a_node_without_partial_derivatives_is_no_dead_end_in_silence():
    out = Value(2.0, (Value(1.0),), "odd")
    with pytest.raises(ScalarError, match="odd was made by hand: assign its _backward"):
        out.backward()


def test_the_number_of_partial_derivatives_is_checked():
    with pytest.raises(ScalarError, match=r"1 inputs and partial derivatives \(1\.0, 2\.0\)"):
        Value(2.0, (Value(1.0),), (1.0, 2.0))
    with pytest.raises(ScalarError, match=r"partial derivatives \(nan,\)"):
        Value(2.0, (Value(1.0),), (math.nan,))


def test_a_rule_that_does_more_than_multiply_is_refused():
    x = Value(1.0)
    out = Value(1.0, (x,), "clipped")

    def _backward() -> None:
        x.grad += min(1.0, out.grad)

    with pytest.raises(ScalarError, match="must pass on its gradient times a number"):
        out._backward = _backward


def test_a_leaf_has_nothing_to_pass_on():
    with pytest.raises(ScalarError, match="it has no inputs to pass a gradient on to"):
        Value(1.0)._backward = lambda: None
    assert Value(1.0, iter([]), "odd").inputs == ()


def test_a_rule_assigned_to_a_node_of_the_table_holds_everywhere():
    x = Value(1.0)
    out = x.relu()

    def _backward() -> None:
        x.grad += 10 * out.grad

    out._backward = _backward
    out.backward()
    assert x.grad == 10.0
    with pytest.raises(ScalarError, match="ReLU was made by hand"):
        gradient(out, [x])


def test_a_rule_cannot_make_its_own_node_anew():
    x = Value(1.0)
    out = Value(2.0, (x,), "odd")
    with pytest.raises(ScalarError, match="changed what it was made from"):
        out._backward = lambda: Value.__init__(out, 3.0)
    assert out.inputs == ()


class Lying(Value):
    """A Value with inputs that it was not made from."""

    told: tuple[Value, ...] = ()

    @property
    def inputs(self) -> tuple[Value, ...]:
        return self.told


@pytest.mark.parametrize("told", [(), (Value(1.0),), (Value(1.0),) * 5])
def test_what_a_derived_class_says_of_its_inputs_does_not_matter(told: tuple[Value, ...]):
    x, y = Value(1.0), Value(1.0)
    out = Lying(2.0, (x, y), "odd")
    out.told = told
    with pytest.raises(ScalarError, match=r"inputs"):
        out._backward = lambda: None


class AdamW:
    """The optimizer of EurekaLabsAI's micrograd, which keeps its running means in the parameters."""

    def __init__(self, parameters: list[Any], lr: float) -> None:
        self.parameters, self.lr, self.t = parameters, lr, 0
        for p in self.parameters:
            p.m = p.v = 0

    def step(self) -> None:
        self.t += 1
        for p in self.parameters:
            p.m = 0.9 * p.m + 0.1 * p.grad
            p.v = 0.95 * p.v + 0.05 * p.grad**2
            p.data -= self.lr * (p.m / (1 - 0.9**self.t)) / ((p.v / (1 - 0.95**self.t)) ** 0.5 + 1e-8)


def test_an_optimizer_may_keep_its_numbers_in_the_parameters():
    ours, theirs = [Value(3.0), Value(-2.0)], [Value(3.0), Value(-2.0)]
    adam, adam_w = Adam(ours, 0.1, betas=(0.9, 0.95)), AdamW(theirs, 0.1)
    for parameters, optimizer in ((ours, adam), (theirs, adam_w)):
        for _ in range(5):
            loss = parameters[0] ** 2 + (parameters[1] - 1) ** 2
            for p in parameters:
                p.grad = 0
            loss.backward()
            optimizer.step()
    assert [p.data for p in theirs] == pytest.approx([p.data for p in ours], rel=1e-12)


def test_the_nodes_of_a_picture_can_be_coloured_and_listed_once():
    x, y = Value(1.0), Value(1.0)
    out: Any = (x * y + y).tanh()
    nodes: list[Any] = []

    def build(v: Any) -> None:
        if v not in nodes:
            nodes.append(v)
            for child in v._prev:
                build(child)

    build(out)
    for n in nodes:
        n._vis_color = "lightblue" if n in (x, y) else "white"
    leaves: list[Any] = [x, y]
    assert [n._vis_color for n in (*leaves, out)] == ["lightblue", "lightblue", "white"]
    assert len(nodes) == 5


def test_inputs_must_be_values_or_numbers():
    with pytest.raises(ScalarError, match="'a' as an input of odd"):
        Value(2.0, ("a",), "odd")


def test_nodes_made_by_hand_can_be_neither_replayed_nor_differentiated_twice():
    x = Value(0.5)
    for use in (lambda: gradient(tanh(x), [x]), lambda: Program(tanh(x), [x])([1.0])):
        with pytest.raises(ScalarError, match=r"tanh was made by hand.*write it as an Op"):
            use()
