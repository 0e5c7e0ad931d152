"""A graph recorded once and replayed on new numbers, for many examples at once, without rebuilding it.

Building a graph makes an object for every node, which is most of the cost of a step. But the graph of a loss is the
same at every step; only the numbers differ. So a Program walks the graph once and stores it as a list of instructions:
an operation, where its inputs are, where its output goes. All numbers are in one array, those of one node for all
examples side by side, so an instruction is a loop over examples that touches no Python object. Nodes that do not depend
on the inputs (parameters, and whatever is made of parameters alone) are computed once for all examples.

Compiled, an instruction takes two or three nanoseconds per example; plain Python gives the same numbers, slowly.
Arithmetic and relu are spelled out; every other operation goes through its row of the table, so your own rows can be
replayed too.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

import cython

from moregrad.errors import ScalarError
from moregrad.scalar import ops
from moregrad.scalar.domain import describe_undefined
from moregrad.scalar.evaluate import evaluate
from moregrad.scalar.graph import list_inputs, order
from moregrad.scalar.rows import read_rows, read_weights
from moregrad.scalar.value import Value

NO_RESULT = "of a program whose last call failed or that was never called: call it with rows first"

_UNRECORDED, _NEW, _RUNNING, _CALLED, _SWEPT = range(5)
_LEAF, _ADD, _SUBTRACT, _MULTIPLY, _DIVIDE, _NEGATE, _RELU, _TABLE = range(8)
_SPELLED_OUT = {
    ops.add: _ADD,
    ops.subtract: _SUBTRACT,
    ops.multiply: _MULTIPLY,
    ops.divide: _DIVIDE,
    ops.negate: _NEGATE,
    ops.relu: _RELU,
}


class Program:
    """The graph of `output` as a function of `inputs`, which are leaves of it.

        >>> x, y, w = Value(1.0), Value(2.0), Value(3.0)
        >>> program = Program((w * x - y) ** 2, inputs=[x, y])
        >>> program([[1.0, 2.0], [2.0, 2.0]])  # two examples
        array([ 1., 16.])
        >>> program.backward()  # of the mean over the examples
        >>> w.grad
        9.0

    All other leaves are parameters: each call reads their current `data`, and `backward` adds to their `grad`, so
    optimizers work as they do with a graph built at every step. Decisions that Python took while the graph was built
    (the branch of an `if`, the index into a list) stay fixed. The methods `data` and `grad` return the numbers of
    `output`, of all leaves and of the Values in `watch`.
    """

    def __init__(self, output: Value, inputs: Sequence[Value] = (), *, watch: Sequence[Value] = ()) -> None:
        inputs, watch = _check_values(inputs, "inputs"), _check_values(watch, "watch")
        nodes = order(*_check_values([output], "output"))
        positions = {id(v): i for i, v in enumerate(nodes)}
        if self._state != _UNRECORDED:
            raise ScalarError("a program is recorded once: make a new one")
        self._inputs = array("i", [_find_input(x, positions) for x in inputs])
        given = set(map(id, inputs))
        if len(given) < len(inputs):
            raise ScalarError(f"{len(inputs)} inputs, of which some are the same Value: list each once")
        self._parameters = [v for v in nodes if v.rule is None and id(v) not in given]
        self._parameter_positions = array("i", [positions[id(v)] for v in self._parameters])
        self._seen = [*self._parameters, *inputs, *watch, output]
        self._positions = {id(v): _find(v, positions, "watched Value") for v in self._seen}
        self._output = len(nodes) - 1
        self._root = output
        self._rules: list[Any] = [v.rule for v in nodes]
        self._labels = {i: v.label for i, v in enumerate(nodes) if v.label}
        self._record(nodes, positions)
        self._examples = 0
        self._single = False
        self._lent: list[tuple[Value, int]] = []
        self._state = _NEW

    def __call__(self, rows: Any = ()) -> Any:
        """The output for each example.

        `rows` has shape (examples, inputs), or (inputs,) for one example, which may contain Values: `backward` adds to
        their `grad`. Returns an array of shape (examples,), or a float for one example.
        """
        self._require_graph()
        columns, single = read_rows(rows, len(self._inputs))
        values = list(rows) if single else []
        self._begin()
        try:
            self._single = single
            self._lent = [(x, i) for x, i in zip(values, self._inputs, strict=False) if isinstance(x, Value)]
            if columns.shape[1] != self._examples:
                self._lay_out(columns.shape[1])
            self._load(columns)
            self._forward()
            self._refuse_nan()
            self._state = _CALLED
        finally:
            self._end()
        return self.data(self._root)

    def backward(self, weights: Any = None) -> None:
        """Adds to the `grad` of every parameter the derivative of the mean of the last call's outputs.

        With `weights`, of shape (examples,), it is the derivative of the sum of weights times outputs. It is taken at
        the numbers that parameters had in that call, whatever was assigned to them since.
        """
        import numpy as np

        self._require_graph()
        if self._state == _NEW:
            raise ScalarError(f"backward {NO_RESULT}")
        count = self._examples
        shares = np.full(count, 1.0 / count) if weights is None else read_weights(weights, count)
        self._begin()
        try:
            if count != self._examples:
                raise ScalarError("a program was called while the weights of its backward were read")
            self._backward(np.ascontiguousarray(shares))
            self._state = _SWEPT
        finally:
            self._end()
        for x, position in self._lent:
            x.grad += self._gradients[self._at[position]]

    def data(self, value: Value) -> Any:
        """The numbers of the output, a leaf or a watched Value in the last call, of shape (examples,).

        One number for a single example, and for a Value that does not depend on the inputs.
        """
        self._require_graph()
        position = _find(value, self._positions, "Value asked for")
        if self._state not in (_CALLED, _SWEPT):
            raise ScalarError(f"data {NO_RESULT}")
        return self._read(self._data, position)

    def grad(self, value: Value) -> Any:
        """The derivatives by the output, a leaf or a watched Value in the last `backward`, of the shape of `data`."""
        self._require_graph()
        position = _find(value, self._positions, "Value asked for")
        if self._state != _SWEPT:
            raise ScalarError("grad of a program without a backward since its last call: call backward first")
        return self._read(self._gradients, position)

    def _require_graph(self) -> None:
        if self._state == _UNRECORDED:
            raise ScalarError("a program without a graph: its constructor failed or was never called")

    def _begin(self) -> None:
        """Locks the program: rows of the table are Python functions, which might call it again while it runs."""
        if self._state == _RUNNING:
            raise ScalarError(
                "a program was called while it runs: give each thread, and each Op that calls one, its own"
            )
        self._state = _RUNNING

    def _end(self) -> None:
        if self._state == _RUNNING:  # It failed.
            self._state = _NEW

    def _read(self, numbers: Any, position: int) -> Any:
        import numpy as np

        start = self._at[position]
        if self._single or not self._varies[position]:
            return numbers[start]
        return np.array(numbers[start : start + self._examples])

    def _record(self, nodes: list[Value], positions: dict[int, int]) -> None:
        """Stores the operation of each node, its inputs, and whether it depends on the inputs of the program."""
        count = len(nodes)
        self._code = array("i", bytes(4 * count))
        self._start = array("i", bytes(4 * (count + 1)))
        inputs = [list_inputs(v) for v in nodes]  # Derived classes may have an `inputs` of their own.
        self._operand = array("i", bytes(4 * sum(map(len, inputs))))
        self._varies = array("b", bytes(count))
        for k in range(len(self._inputs)):
            self._varies[self._inputs[k]] = 1
        end = 0
        for i in range(count):
            v = nodes[i]
            self._code[i] = _LEAF if v.rule is None else _SPELLED_OUT.get(v.rule, _TABLE)
            for x in inputs[i]:
                k = positions[id(x)]
                self._operand[end] = k
                self._varies[i] |= self._varies[k]
                end += 1
            self._start[i + 1] = end

    def _lay_out(self, examples: int) -> None:
        """Assigns room to each node: for `examples` numbers side by side, or for one if it does not vary."""
        self._examples = 0  # No layout is valid if there is too little memory for the new one.
        count = self._output + 1
        self._at = array("q", bytes(8 * (count + 1)))
        self._partial_at = array("q", bytes(8 * (count + 1)))
        for i in range(count):
            size = examples if self._varies[i] else 1
            arity = self._start[i + 1] - self._start[i] if self._code[i] == _TABLE else 0
            self._at[i + 1] = self._at[i] + size
            self._partial_at[i + 1] = self._partial_at[i] + size * arity
        self._data = array("d", bytes(8 * self._at[count]))
        self._gradients = array("d", bytes(8 * self._at[count]))
        self._partials = array("d", bytes(8 * self._partial_at[count]))
        self._examples = examples

    def _load(self, columns: Any) -> None:
        for k in range(len(self._parameters)):
            p = self._parameters[k]
            if p.data != p.data:
                raise ScalarError(f"the parameter {p!r} is not a number; find out where it came from")
            self._data[self._at[self._parameter_positions[k]]] = p.data
        for k in range(len(self._inputs)):
            start = self._at[self._inputs[k]]
            for j in range(self._examples):
                self._data[start + j] = columns[k, j]

    def _forward(self) -> None:
        data, at, varies, operand, start = self._data, self._at, self._varies, self._operand, self._start
        for i in range(self._output + 1):
            code = self._code[i]
            if code == _LEAF:
                continue
            if code == _TABLE:
                self._forward_by_table(i)
                continue
            first, second = operand[start[i]], operand[start[i + 1] - 1]
            out, x, y = at[i], at[first], at[second]
            dx, dy = varies[first], varies[second]
            count = self._examples if varies[i] else 1
            if code == _ADD:
                for j in range(count):
                    data[out + j] = data[x + j * dx] + data[y + j * dy]
            elif code == _MULTIPLY:
                for j in range(count):
                    data[out + j] = data[x + j * dx] * data[y + j * dy]
            elif code == _SUBTRACT:
                for j in range(count):
                    data[out + j] = data[x + j * dx] - data[y + j * dy]
            elif code == _NEGATE:
                for j in range(count):
                    data[out + j] = -data[x + j * dx]
            elif code == _RELU:
                for j in range(count):
                    data[out + j] = data[x + j * dx] if data[x + j * dx] > 0.0 else 0.0
            else:
                for j in range(count):
                    if data[y + j * dy] == 0.0:
                        raise self._describe_undefined(i, j)
                    data[out + j] = data[x + j * dx] / data[y + j * dy]

    def _forward_by_table(self, i: int) -> None:
        arity = self._start[i + 1] - self._start[i]
        count = self._examples if self._varies[i] else 1
        for j in range(count):
            found = evaluate(self._rules[i], self._gather_operands(i, j))
            if found is None:
                raise self._describe_undefined(i, j)
            self._data[self._at[i] + j] = found[0]
            for k in range(arity):
                self._partials[self._partial_at[i] + k * count + j] = found[1][k]

    def _backward(self, weights: Any) -> None:
        data, gradients, at, varies = self._data, self._gradients, self._at, self._varies
        operand, start = self._operand, self._start
        for k in range(len(gradients)):
            gradients[k] = 0.0
        for j in range(self._examples):
            gradients[at[self._output] + j * varies[self._output]] += weights[j]
        for i in range(self._output, -1, -1):
            code = self._code[i]
            if code == _LEAF:
                continue
            if code == _TABLE:
                self._backward_by_table(i)
                continue
            first, second = operand[start[i]], operand[start[i + 1] - 1]
            out, x, y = at[i], at[first], at[second]
            dx, dy = varies[first], varies[second]
            count = self._examples if varies[i] else 1
            for j in range(count):
                g = gradients[out + j]
                if g == 0.0:
                    continue
                if code == _ADD:
                    gradients[x + j * dx] += g
                    gradients[y + j * dy] += g
                elif code == _MULTIPLY:
                    a, b = data[x + j * dx], data[y + j * dy]
                    gradients[x + j * dx] += b * g
                    gradients[y + j * dy] += a * g
                elif code == _SUBTRACT:
                    gradients[x + j * dx] += g
                    gradients[y + j * dy] -= g
                elif code == _NEGATE:
                    gradients[x + j * dx] -= g
                elif code == _RELU:
                    gradients[x + j * dx] += g if data[x + j * dx] > 0.0 else 0.0
                else:
                    a, b = data[out + j], data[y + j * dy]
                    gradients[x + j * dx] += 1.0 / b * g
                    gradients[y + j * dy] += -a / b * g
        for k in range(len(self._parameters)):
            p = self._parameters[k]
            p.grad += gradients[at[self._parameter_positions[k]]]
            p.reached = True
            if p.grad != p.grad:
                raise ScalarError(f"the gradient of {p!r} is not a number: infinite derivatives met 0 or each other")

    def _backward_by_table(self, i: int) -> None:
        gradients, partials = self._gradients, self._partials
        count = self._examples if self._varies[i] else 1
        for k in range(self._start[i + 1] - self._start[i]):
            x = self._operand[self._start[i] + k]
            for j in range(count):
                g = gradients[self._at[i] + j]
                if g != 0.0:
                    gradients[self._at[x] + j * self._varies[x]] += partials[self._partial_at[i] + k * count + j] * g

    def _refuse_nan(self) -> None:
        for k in range(len(self._data)):
            if self._data[k] != self._data[k]:
                i = bisect_right(self._at, k) - 1
                raise self._describe_undefined(i, k - self._at[i])

    def _gather_operands(self, i: int, j: int) -> list[float]:
        operands = []
        for k in range(self._start[i], self._start[i + 1]):
            x = self._operand[k]
            operands.append(self._data[self._at[x] + j * self._varies[x]])
        return operands

    def _describe_undefined(self, i: int, j: int) -> ScalarError:
        operands = range(self._start[i], self._start[i + 1])
        labels = [self._labels.get(self._operand[k], "") for k in operands]
        error = describe_undefined(self._rules[i], self._gather_operands(i, j), labels)
        return ScalarError(f"in example {j}: {error}") if self._varies[i] and self._examples > 1 else error


if not cython.compiled:
    Program._state = _UNRECORDED  # pyright: ignore[reportAttributeAccessIssue] # As in C, where all fields are 0 at first.


def _check_values(given: Any, what: str) -> list[Value]:
    if not isinstance(given, Iterable):
        raise ScalarError(f"{what} {given!r}: a program takes a list of Values")
    values = list(given)
    for x in values:
        if not isinstance(x, Value):
            raise ScalarError(f"{what}: {x!r} is {type(x).__name__}, not a Value")
    return values


def _find(value: Value, positions: dict[int, int], what: str) -> int:
    if id(value) not in positions:
        raise ScalarError(f"{what} {value!r} is not one of the Values that the program knows")
    return positions[id(value)]


def _find_input(value: Value, positions: dict[int, int]) -> int:
    if value.inputs:
        raise ScalarError(f"input {value!r} was computed: the inputs of a program must be leaves")
    if id(value) not in positions:
        raise ScalarError(f"the output does not depend on input {value!r}: leave it out")
    return positions[id(value)]
