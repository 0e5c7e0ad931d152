"""Programs called in ways that they must refuse or survive: wrong weights, calls from inside, too little memory."""

import math
from typing import Any

import numpy as np
import pytest

from moregrad.errors import ScalarError
from moregrad.scalar import Op, Program, Value


def test_weights_must_fit_the_examples():
    x = Value(1.0)
    program = Program(x * x, [x])
    program([[1.0], [2.0]])
    with pytest.raises(ScalarError, match=r"of shape \(3,\): they must be \(2,\) finite numbers"):
        program.backward([1.0, 2.0, 3.0])


def test_backward_is_that_at_the_numbers_of_the_call():
    w, x = Value(2.0), Value(0.0)
    program = Program(w**3 * x + w.tanh(), [x])
    program([1.0])
    w.data = 5.0
    program.backward()
    assert w.grad == pytest.approx(12.0 + 1 - math.tanh(2.0) ** 2)
    program([1.0])
    program.backward()
    assert w.grad == pytest.approx(12.0 + 1 - math.tanh(2.0) ** 2 + 75.0 + 1 - math.tanh(5.0) ** 2)


def test_weights_may_be_arrays_that_cannot_be_written_to():
    w, x = Value(2.0), Value(0.0)
    program = Program(w * x, [x])
    rows = np.array([[1.0], [2.0]])
    weights = np.array([3.0, 4.0])
    for array in (rows, weights):
        array.flags.writeable = False
    program(rows)
    program.backward(weights)
    program.backward(np.broadcast_to(1.0, 2))
    assert w.grad == 11.0 + 3.0


def test_a_program_is_recorded_once():
    x, y = Value(1.0), Value(2.0)
    program = Program(x * 2.0, [x])
    program([[1.0], [2.0]])
    for output, inputs in ((y * y * y, [y]), (x, [])):
        with pytest.raises(ScalarError, match="recorded once: make a new one"):
            Program.__init__(program, output, inputs)
    assert program([3.0]) == 6.0


def test_a_program_whose_constructor_failed_or_never_ran_has_no_graph():
    x = Value(1.0)
    failed, bare = Program.__new__(Program), Program.__new__(Program)
    with pytest.raises(ScalarError, match="does not depend on input"):
        failed.__init__(x * 2.0, [Value(1.0)])
    for program in (failed, bare):
        for use in (lambda: program([1.0]), program.backward, lambda: program.data(x), lambda: program.grad(x)):  # noqa: B023
            with pytest.raises(ScalarError, match="a program without a graph"):
                use()
    failed.__init__(x * 2.0, [x])
    assert failed([3.0]) == 6.0


def test_an_op_cannot_change_the_program_that_runs_it():
    programs: list[Program] = []
    attempts: list[Any] = [
        lambda: programs[0].__init__(Value(1.0) * 2.0),
        lambda: programs[0](np.zeros((1000, 1))),
        lambda: programs[0].backward(),
        lambda: programs[0].data(x),
        lambda: programs[0].grad(x),
    ]

    def forward(number: float) -> float:
        if programs:
            for attempt in attempts:
                with pytest.raises(
                    ScalarError, match=r"while it runs|recorded once|whose last call|without a backward"
                ):
                    attempt()
        return number

    x = Value(1.0)
    programs.append(Program(Op("odd", forward, lambda x, out: (1.0,))(x) * 2.0, [x]))
    assert programs[0]([[1.0], [2.0]]).tolist() == [2.0, 4.0]
    assert programs[0]([[3.0]]).tolist() == [6.0]


class Calling:
    """Weights, or rows, that call a program while they are read."""

    def __init__(self, call: Any, numbers: list[Any]) -> None:
        self.call, self.numbers = call, numbers

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        self.call()
        return np.array(self.numbers, dtype)


def test_a_call_while_weights_are_read_is_told():
    w, x = Value(2.0), Value(0.0)
    program = Program(w * x, [x])
    program([[1.0], [2.0]])
    with pytest.raises(ScalarError, match="was called while the weights"):
        program.backward(Calling(lambda: program(np.ones((5000, 1))), [1.0, 1.0]))
    assert program(Calling(lambda: program(np.ones((50, 1))), [[1.0], [2.0]])).tolist() == [2.0, 4.0]


def test_too_little_memory_for_many_examples_leaves_no_layout_behind():
    x = y = Value(1.0)
    for _ in range(200_000):
        y = y + x
    program = Program(y, [x])
    rows = np.zeros((4_000_000, 1))
    resource = pytest.importorskip("resource", reason="only POSIX limits the memory of a process")
    code = resource.RLIMIT_DATA
    soft, hard = resource.getrlimit(code)
    resource.setrlimit(code, (4_000_000_000, hard))
    try:
        for _ in range(2):
            with pytest.raises(MemoryError):
                program(rows)
    finally:
        resource.setrlimit(code, (soft, hard))
    assert program([[1.0], [2.0]]).tolist() == [200_001.0, 400_002.0]


class Lying(Value):
    """A Value that tells another graph each time it is asked."""

    asked = 0

    @property
    def inputs(self) -> tuple[Value, ...]:
        type(self).asked += 1
        return (self,) * (self.asked * 1000)


def test_what_a_derived_class_says_of_its_inputs_does_not_matter():
    x = Value(1.0)
    y = Lying(2.0)
    program = Program(x * y + y, [x])
    assert program([[3.0], [4.0]]).tolist() == [8.0, 10.0]
    program.backward()
    assert y.grad == 4.5
