"""Programs: the numbers of the graph they were recorded from, at new inputs and for many examples."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.errors import ScalarError
from moregrad.scalar import MLP, SGD, Op, Program, Value, hinge, softmax, weight_penalty
from scalar.graphs import Step, graphs, total, values_of
from scalar.rows import ROWS, SMOOTH

every_row = pytest.mark.parametrize("name", ROWS)


@every_row
@given(data=st.data())
def test_every_row_is_replayed_to_the_bit(name: str, data: st.DataObject):
    recorded = data.draw(SMOOTH[name])
    new = data.draw(SMOOTH[name].filter(lambda inputs: len(inputs) == len(recorded)))
    inputs, eager = values_of(recorded), values_of(new)
    program = Program(ROWS[name](*inputs), inputs)
    output = ROWS[name](*eager)
    output.backward()
    assert program(new) == output.data
    program.backward()
    assert [program.grad(x) for x in inputs] == [x.grad for x in eager]


@given(graphs(), st.data())
def test_a_random_graph_is_replayed_to_the_bit(graph: tuple[list[float], list[Step]], data: st.DataObject):
    leaves, steps = graph
    recorded = values_of(leaves)
    given_count = data.draw(st.integers(0, len(leaves)))
    program = Program(total(recorded, steps), recorded[:given_count])
    new = [data.draw(st.floats(-2, 2)) for _ in leaves]
    for x, number in zip(recorded[given_count:], new[given_count:], strict=True):
        x.data = number
    eager = values_of(new)
    output = total(eager, steps)
    output.backward()
    assert program(new[:given_count]) == output.data
    program.backward()
    assert [program.grad(x) for x in recorded] == [x.grad for x in eager]
    assert [x.grad for x in recorded] == [0.0] * given_count + [x.grad for x in eager[given_count:]]


@given(graphs(), st.data())
def test_many_examples_are_each_their_own(graph: tuple[list[float], list[Step]], data: st.DataObject):
    leaves, steps = graph
    recorded = values_of(leaves)
    program = Program(total(recorded, steps), recorded)
    rows = [[data.draw(st.floats(-2, 2)) for _ in leaves] for _ in range(data.draw(st.integers(1, 5)))]
    eager = [values_of(row) for row in rows]
    outputs = [total(row, steps) for row in eager]
    assert program(rows).tolist() == [output.data for output in outputs]
    program.backward(np.ones(len(rows)))
    for output in outputs:
        output.backward()
    for i, x in enumerate(recorded):
        assert program.grad(x).tolist() == [row[i].grad for row in eager]


def test_parameters_get_the_gradient_of_the_mean():
    w, b, x, y = Value(3.0), Value(0.5), Value(0.0), Value(0.0)
    program = Program((w * x + b - y) ** 2, [x, y])
    rows = [[1.0, 2.0], [2.0, -1.0], [0.5, 0.0]]
    program(rows)
    program.backward()
    errors = [3.0 * x + 0.5 - y for x, y in rows]
    assert w.grad == pytest.approx(sum(2 * e * x for e, (x, _) in zip(errors, rows, strict=True)) / 3)
    assert b.grad == pytest.approx(sum(2 * e for e in errors) / 3)
    program.backward()
    assert b.grad == pytest.approx(2 * sum(2 * e for e in errors) / 3)


def test_weights_say_how_much_each_example_counts():
    w, x = Value(3.0), Value(0.0)
    program = Program(w * x, [x])
    program([[1.0], [10.0], [100.0]])
    program.backward([1.0, 0.0, 2.0])
    assert w.grad == 201.0
    assert program.grad(x).tolist() == [3.0, 0.0, 6.0]


def test_new_numbers_in_parameters_are_seen_by_the_next_call():
    w, x = Value(3.0), Value(0.0)
    program = Program(w * x, [x])
    assert program([2.0]) == 6.0
    w.data = 5.0
    assert program([2.0]) == 10.0


def test_the_number_of_examples_may_change():
    x = Value(0.0)
    program = Program(x * x, [x])
    for count in (3, 1, 5):
        assert program(np.arange(count)[:, None]).tolist() == [float(i * i) for i in range(count)]


def test_values_may_stand_for_the_inputs_of_one_example():
    table = [Value(2.0), Value(7.0)]
    x, y = Value(0.0), Value(0.0)
    program = Program(x * y, [x, y])
    assert program([table[1], 3.0]) == 21.0
    program.backward()
    assert program([table[0], table[0]]) == 4.0
    program.backward()
    assert [v.grad for v in table] == [4.0, 3.0]


def test_watched_values_tell_their_numbers():
    w, x = Value(2.0), Value(0.0)
    score = w * x
    program = Program(score.tanh() * 3, [x], watch=[score])
    program([[1.0], [2.0]])
    program.backward()
    assert program.data(score).tolist() == [2.0, 4.0]
    assert program.grad(score) == pytest.approx([1.5 * (1 - math.tanh(s) ** 2) for s in (2.0, 4.0)])
    assert program.data(w) == 2.0


def test_what_does_not_depend_on_inputs_is_one_number():
    p, x = Value(3.0), Value(0.0)
    penalty = weight_penalty([p], 0.5)
    program = Program(x + penalty, [x], watch=[penalty])
    assert program([[1.0], [2.0]]).tolist() == [5.5, 6.5]
    program.backward()
    assert program.data(penalty) == 4.5
    assert p.grad == 3.0


def test_a_program_without_inputs():
    p = Value(3.0)
    program = Program(p * p)
    assert program() == 9.0
    program.backward()
    assert p.grad == 6.0


def test_the_input_itself_as_output():
    x = Value(0.0)
    program = Program(x, [x])
    assert program([[1.0], [2.0]]).tolist() == [1.0, 2.0]
    program.backward([3.0, 4.0])
    assert program.grad(x).tolist() == [3.0, 4.0]


def test_a_training_replayed_is_the_training_built_anew():
    points, targets = [[0.5, 1.0], [-1.0, 0.3], [0.2, -0.7]], [1, -1, 1]
    model = MLP(2, [4, 1], activation="tanh")
    start = model.data
    optimizer = SGD(model.parameters(), 0.1, momentum=0.5)
    for _ in range(20):
        loss = hinge([model(p) for p in points], targets) + weight_penalty(model.parameters())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    anew = model.data

    model.data = start
    x, target = [Value(0.0), Value(0.0)], Value(0.0)
    example = (1 - target * model(x)).relu() + weight_penalty(model.parameters())
    program, optimizer = Program(example, [*x, target]), SGD(model.parameters(), 0.1, momentum=0.5)
    for _ in range(20):
        program(np.column_stack([points, targets]))
        optimizer.zero_grad()
        program.backward()
        optimizer.step()
    assert model.data == pytest.approx(anew, rel=1e-10)


def test_softmax_follows_its_inputs_however_far_they_go():
    logits = [Value(0.0), Value(1.0)]
    program = Program(softmax(logits)[0], logits)
    assert program([1000.0, 0.0]) == 1.0
    assert program([-1000.0, 1000.0]) == 0.0


def test_a_chain_of_a_hundred_thousand_operations():
    x = y = Value(1.0)
    for _ in range(100_000):
        y = y + x
    program = Program(y, [x])
    assert program([[1.0], [2.0]]).tolist() == [100_001.0, 200_002.0]
    program.backward()
    assert program.grad(x).tolist() == [50_000.5, 50_000.5]


X, P = Value(2.0, label="x"), Value(3.0)


def replayed(output: Value) -> Program:
    program = Program(output, [X])
    program([1.0])
    return program


MISTAKES: list[tuple[Any, str]] = [
    (lambda: Program(X * P, [X])([[1.0, 2.0]]), r"rows of shape \(1, 2\): it must be \(examples, 1\), or \(1,\)"),
    (lambda: Program(X * P, [X])(1.0), r"rows of shape \(\)"),
    (lambda: Program(X * P, [X])([[[1.0]]]), r"rows of shape \(1, 1, 1\)"),
    (lambda: Program(X * P, [X])([[X], [P]]), "only the row of one example may contain Values"),
    (lambda: Program(X * P, [X])([[1.0], [math.nan]]), r"nan among the rows, first at \[1, 0\]"),
    (lambda: Program(X * P, [X])([10**400]), "rows of numbers"),
    (lambda: Program(None), "output: None is NoneType, not a Value"),  # pyright: ignore[reportArgumentType]
    (lambda: Program(X * P, [1.0]), "inputs: 1.0 is float, not a Value"),  # pyright: ignore[reportArgumentType]
    (lambda: Program(X * P, X), "inputs Value.*: a program takes a list"),  # pyright: ignore[reportArgumentType]
    (lambda: Program(X * P, [X])(["a"]), "rows of numbers"),
    (lambda: Program(X * P, [X])(["1.0"]), "rows of numbers"),
    (lambda: Program(X * P, [X])([[None]]), "rows of several examples must be numbers"),
    (lambda: Program(X * P, [X])([1j]), "rows of numbers"),
    (lambda: Program(X * P, [X])(np.zeros((0, 1))), r"rows of shape \(0, 1\)"),
    (lambda: Program(X * P, [X, X]), "2 inputs, of which some are the same Value"),
    (lambda: Program(X * P, [X])([[1.0], [1.0, 2.0]]), "rows of numbers"),
    (lambda: Program(X * P, [Value(1.0)]), r"output does not depend on input Value.*: leave it out"),
    (lambda: Program((X * P).tanh(), [X]).data(Value(1.0)), "is not one of the Values"),
    (lambda: Program(X * P, watch=[X * 1]), "watched Value.* is not one of the Values"),
    (lambda: Program(X * P, [X]).data(X), "that was never called: call it with rows first"),
    (lambda: replayed(X * P).grad(X), "without a backward"),
    (lambda: Program(X * P, [X]).backward(), "that was never called: call it with rows first"),
    (lambda: Program(X.log(), [X])([[1.0], [0.0]]), r"in example 1: log\(0\.0 \(label 'x'\)\) is not defined"),
    (lambda: Program(P / X, [X])([0.0]), r"3\.0 / 0\.0 \(label 'x'\) is not defined"),
    (lambda: Program(X - X, [X])([math.inf]), r"inf \(label 'x'\) - inf \(label 'x'\) is not defined"),
    (lambda: Program((X - X).relu(), [X])([math.inf]), r"inf \(label 'x'\) - inf \(label 'x'\) is not defined"),
]


@pytest.mark.parametrize(("make", "told"), MISTAKES)
def test_mistakes_are_told(make: Any, told: str):
    with pytest.raises(ScalarError, match=told):
        make()


def test_a_computed_value_cannot_be_an_input():
    x = Value(1.0)
    y = x * 2
    with pytest.raises(ScalarError, match=r"input .* was computed"):
        Program(y * x, [y])


def test_after_a_call_that_failed_nothing_can_be_asked_for():
    w, x = Value(1.0), Value(1.0)
    program = Program(w * x.log(), [x])
    program([2.0])
    with pytest.raises(ScalarError, match="is not defined"):
        program([-1.0])
    for ask in (program.backward, lambda: program.data(w)):
        with pytest.raises(ScalarError, match="whose last call failed"):
            ask()
    assert program([1.0]) == 0.0


def test_a_parameter_that_is_not_a_number_is_told():
    w, x = Value(1.0, label="w"), Value(0.0)
    program = Program(w * x, [x])
    w.data = math.nan
    with pytest.raises(ScalarError, match=r"parameter Value.*label='w'.* is not a number"):
        program([1.0])


def test_rows_may_be_changed_after_the_call():
    x = Value(0.0)
    program = Program(x * 3, [x])
    rows = [[1.0], [2.0]]
    program(rows)
    rows.clear()
    program.backward()
    assert program.data(x).tolist() == [1.0, 2.0]
    assert program.grad(x).tolist() == [1.5, 1.5]


def test_an_op_cannot_call_the_program_that_runs_it():
    programs: list[Program] = []
    op = Op("odd", lambda x: programs[0]([x]) if programs else x, lambda x, out: (1.0,))
    x = Value(1.0)
    programs.append(Program(op(x), [x]))
    with pytest.raises(ScalarError, match="called while it runs"):
        programs[0]([2.0])


def test_a_row_that_fails_later_is_told_at_replay():
    answers: list[tuple[float, ...]] = [(1.0,)]
    op = Op("odd", lambda x: x, lambda x, out: answers[-1])
    x = Value(1.0)
    program = Program(op(x), [x])
    answers.append(())
    with pytest.raises(ScalarError, match=r"odd of 1 inputs: partials returned \(\)"):
        program([2.0])
