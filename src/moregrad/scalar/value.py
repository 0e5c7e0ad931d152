"""A number that remembers where it came from.

An operation on Values makes one new Value. It stores the number, the row of the table that made it, the Values it was
made from and the partial derivatives by each of them, which are computed at once. Backward needs nothing else: it never
evaluates an operation again, so a number assigned to `data` later changes no derivative of what was computed before.

Arithmetic and relu, of which almost every graph consists, are spelled out here besides their rows in the table, because
going through the table takes six times as long; a test holds both to the same bits.

This file is plain Python, and it is also compiled where there is a C compiler at installation: value.pxd beside it
gives the fields their C types, so that a node is one object of 112 bytes.
"""

import math
from collections.abc import Callable
from functools import partial
from numbers import Real
from typing import Any

import cython

from moregrad.errors import ScalarError
from moregrad.scalar import graph, ops
from moregrad.scalar.compat import check_partials, extract_partials, make_op, make_unknown_partials, pass_on
from moregrad.scalar.domain import describe_undefined_node, to_float
from moregrad.scalar.evaluate import evaluate
from moregrad.scalar.number import Scalar
from moregrad.scalar.ops import Op

Number = int | float

# Names of this module, since compiled code would look up attributes of another each time.
_ADD, _SUBTRACT, _MULTIPLY = ops.add, ops.subtract, ops.multiply
_DIVIDE, _NEGATE, _RELU = ops.divide, ops.negate, ops.relu

_DEEPEST = 500
_depth = 0
_orphans: list[tuple] = []


@cython.no_gc
@cython.cclass
class Value(Scalar):
    """A number with a gradient.

    `data` is the number, `grad` the derivative by it of the Value that `backward` was called on, `label` a name for
    pictures and messages. `op` names the operation that made it, `rule` is its row of the table, and `inputs` are the
    Values it was made from; for a leaf they are "", None and (). `reached` tells whether a `backward` has reached it.

        >>> a, b = Value(2.0, label="a"), Value(-3.0, label="b")
        >>> c = a * b + 10
        >>> c.backward()
        >>> c.data, a.grad, b.grad
        (4.0, -3.0, 2.0)

    `==` asks whether two Values are the same object, as in micrograd, so that `v in topo` and `parameters.index(p)`
    find the Value itself; compare numbers by `a.data == b.data` or `math.isclose(a.data, b.data)`. `<`, `<=`, `>` and
    `>=` compare numbers. A Value is always true, also one of 0. Attributes of your own (`p.velocity = 0.0`) can be
    added; copies and pickles keep them.

    A Value refers only to older ones, so graphs have no cycles and reference counts free them. Where this class is
    compiled, the garbage collector, which would visit every node again and again, does not track Values; a cycle closed
    by an added attribute or the closure of an Op is then never freed.
    """

    # fmt: off
    __slots__ = (
        "__dict__", "_first", "_mark", "_number", "_partial1", "_partial2", "_rest", "_second", "reached", "rule",
    )
    # fmt: on

    rule: Op | None
    reached: bool
    _mark: int
    _first: "Value | None"
    _second: "Value | None"
    _partial1: float
    _partial2: float
    _number: float
    _rest: "tuple[tuple[Value, ...], tuple[float, ...], tuple[float, ...]] | None"

    def __init__(self, data: Any, _children: Any = (), _op: Any = "", label: str = "") -> None:
        """Makes a leaf, or with `_children` a node by hand.

        For such a node `_op` is either the partial derivatives, one for each child, as in microgpt, or a name, as in
        micrograd; then `_backward` must be assigned afterwards. Raises ScalarError for anything that is not a number,
        and for children of a Value that was made before, which might be made of it.
        """
        known = self.label is not None if cython.compiled else hasattr(self, "label")
        if isinstance(data, Value):
            raise ScalarError(f"Value({data!r}): it is a Value already; Value(x.data) makes a leaf of the same number")
        _empty(self)
        self.data = data if isinstance(data, float) and data == data else to_float(data)
        self.label = str(label)
        children = tuple(_children)
        if children and known:
            raise ScalarError(f"{self!r} was made before: make a new Value of its children")
        if children:
            named = isinstance(_op, str)
            self.rule = make_op(_op if named else "a node")
            values = tuple([_require_value(x, self.rule) for x in children])
            _connect(self, values, make_unknown_partials(values) if named else check_partials(_op, values), [])

    # Properties of a node

    @property
    def op(self) -> str:
        """The name of the operation that made this Value; "" for a leaf."""
        return "" if self.rule is None else self.rule.name

    @property
    def inputs(self) -> tuple["Value", ...]:
        """The Values this one was made from, in order; () for a leaf."""
        return graph.list_inputs(self)

    @property
    def partials(self) -> tuple[float, ...]:
        """The derivative of this Value by each of its inputs, in order; () for a leaf."""
        if self._first is None:
            return ()
        if self._second is None:
            return (self._partial1,)
        return (self._partial1, self._partial2, *(() if self._rest is None else self._rest[1]))

    # Operations on the whole graph

    def backward(self) -> None:
        """Adds the derivative of this Value by each leaf it was made from to the leaf's `grad`; see graph.backward."""
        graph.backward(self)

    def zero_grad(self) -> None:
        """Sets `grad` to 0 for this Value and everything it was made from."""
        graph.zero_grad(self)

    # Arithmetic, with numbers on either side

    def __add__(self, other: "Value | Number") -> "Value":
        y = _to_value(other, _ADD)
        return NotImplemented if y is None else _make_node(self.data + y.data, _ADD, self, y, 1.0, 1.0, 0.0)

    def __radd__(self, other: Number) -> "Value":
        x = _to_value(other, _ADD)
        return NotImplemented if x is None else _make_node(x.data + self.data, _ADD, x, self, 1.0, 1.0, 0.0)

    def __sub__(self, other: "Value | Number") -> "Value":
        y = _to_value(other, _SUBTRACT)
        return NotImplemented if y is None else _make_node(self.data - y.data, _SUBTRACT, self, y, 1.0, -1.0, 0.0)

    def __rsub__(self, other: Number) -> "Value":
        x = _to_value(other, _SUBTRACT)
        return NotImplemented if x is None else _make_node(x.data - self.data, _SUBTRACT, x, self, 1.0, -1.0, 0.0)

    def __mul__(self, other: "Value | Number") -> "Value":
        y = _to_value(other, _MULTIPLY)
        return (
            NotImplemented if y is None else _make_node(self.data * y.data, _MULTIPLY, self, y, y.data, self.data, 0.0)
        )

    def __rmul__(self, other: Number) -> "Value":
        x = _to_value(other, _MULTIPLY)
        return (
            NotImplemented if x is None else _make_node(x.data * self.data, _MULTIPLY, x, self, self.data, x.data, 0.0)
        )

    def __truediv__(self, other: "Value | Number") -> "Value":
        y = _to_value(other, _DIVIDE)
        return NotImplemented if y is None else _divide(self, y)

    def __rtruediv__(self, other: Number) -> "Value":
        x = _to_value(other, _DIVIDE)
        return NotImplemented if x is None else _divide(x, self)

    def __pow__(self, exponent: "Value | Number") -> "Value":
        if isinstance(exponent, Value):
            return _apply(ops.power, (self, exponent))
        if not isinstance(exponent, (float, int, Real)):
            return NotImplemented
        return _apply(ops.power_of(_to_number(exponent, ops.power)), (self,))

    def __rpow__(self, base: Number) -> "Value":
        x = _to_value(base, ops.power)
        return NotImplemented if x is None else _apply(ops.power, (x, self))

    def __neg__(self) -> "Value":
        return _make_node(-self.data, _NEGATE, self, None, -1.0, 0.0, self.data)

    def __pos__(self) -> "Value":
        return self

    def __abs__(self) -> "Value":
        return _apply(ops.absolute, (self,))

    # Functions

    def relu(self) -> "Value":
        """This Value where it is positive, elsewhere 0."""
        x = self.data
        if x <= 0:
            return _make_node(0.0, _RELU, self, None, 0.0, 0.0, x)
        return _make_node(x, _RELU, self, None, 1.0, 0.0, x)

    def leaky_relu(self, slope: float = 0.01) -> "Value":
        """This Value where it is positive, elsewhere this Value times `slope`, a plain number."""
        return ops.leaky_relu(self, slope)

    def gelu(self) -> "Value":
        """This Value times the normal distribution function at it."""
        return _apply(ops.gelu, (self,))

    def softplus(self) -> "Value":
        """log(1 + exp(x))."""
        return _apply(ops.softplus, (self,))

    def tanh(self) -> "Value":
        """Hyperbolic tangent."""
        return _apply(ops.tanh, (self,))

    def sigmoid(self) -> "Value":
        """1 / (1 + exp(-x))."""
        return _apply(ops.sigmoid, (self,))

    def exp(self) -> "Value":
        """e to the power of this Value; infinite where a float cannot hold the result."""
        return _apply(ops.exp, (self,))

    def log(self) -> "Value":
        """Natural logarithm of a number above 0."""
        return _apply(ops.log, (self,))

    def sqrt(self) -> "Value":
        """Square root of a number from 0 on; the derivative at 0 is infinite."""
        return _apply(ops.sqrt, (self,))

    def sin(self) -> "Value":
        """Sine of an angle in radians."""
        return _apply(ops.sin, (self,))

    def cos(self) -> "Value":
        """Cosine of an angle in radians."""
        return _apply(ops.cos, (self,))

    def conjugate(self) -> "Value":
        """This Value, which is real; NumPy asks for it in `np.var` and `np.std`."""
        return self

    @staticmethod
    def _apply_op(op: Op, inputs: Any) -> "Value":
        """The node that `op` makes of `inputs`, Values or numbers."""
        if not isinstance(op, Op):
            raise ScalarError(f"{op!r} is not an Op")
        return _apply(op, tuple([_require_value(x, op) for x in inputs]))

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies and pickles are leaves."""
        return _leaf, (type(self), self.data, self.label), getattr(self, "__dict__", None) or None

    # The names that programs written for micrograd use

    @property
    def _prev(self) -> set["Value"]:
        return set(self.inputs)

    @property
    def _op(self) -> str:
        return self.op

    @property
    def _backward(self) -> Callable[[], None]:
        """Passes the gradient of this Value on to its inputs."""
        return partial(pass_on, self)

    @_backward.setter
    def _backward(self, rule: Callable[[], None]) -> None:
        inputs = graph.list_inputs(self)
        partials = extract_partials(rule, self)
        if graph.list_inputs(self) != inputs:
            raise ScalarError(f"_backward of {self!r} changed what it was made from: it may only add to gradients")
        _connect(self, inputs, partials, [])
        self.rule = make_op(self.op)

    def __dealloc__(self) -> None:
        """Frees a chain of any length without recursing deeper than `_DEEPEST`; only the compiled class needs it."""
        global _depth
        if _depth == _DEEPEST:
            more = take_dictionary(self)  # pyright: ignore[reportUndefinedVariable]
            _orphans.append((self._first, self._second, self._rest, more))
            return
        _depth += 1
        drop_references(self)  # pyright: ignore[reportUndefinedVariable]
        if _depth == 1:
            while _orphans:
                _orphans.pop()
        _depth -= 1


# Making nodes


def _make_leaf(data: float) -> Value:
    """A Value of nothing; compiled, it is empty already, and to write None again would take a fifth of the time."""
    v = Value.__new__(Value)
    if not cython.compiled:
        _empty(v)
    v.data = data
    v.label = ""
    return v


def _make_node(data: float, rule: Op, first: Value, second: Value | None, d1: float, d2: float, number: float) -> Value:
    """A Value of one or two others; `number` is one of theirs, from which the partial derivatives can be made again."""
    if data != data:
        raise describe_undefined_node(rule, (first,) if second is None else (first, second))
    v = _make_leaf(data)
    v.rule = rule
    v._first = first
    if second is not None:
        v._second = second
    v._partial1 = d1
    v._partial2 = d2
    v._number = number
    return v


def _empty(v: Value) -> None:
    v.grad = 0.0
    v.rule = v._first = v._second = v._rest = None
    v.reached = False
    v._mark = 0
    v._partial1 = v._partial2 = v._number = 0.0


def _connect(v: Value, inputs: tuple[Value, ...], partials: tuple[float, ...], numbers: list[float]) -> None:
    """Fills in what `v` was made from; `numbers` are those of `inputs`, none where they will not be needed."""
    if not inputs or len(inputs) != len(partials):
        raise ScalarError(f"{len(inputs)} inputs and {len(partials)} partial derivatives: give one for each input")
    v._first, v._partial1 = inputs[0], partials[0]
    if len(inputs) > 1:
        v._second, v._partial2 = inputs[1], partials[1]
        v._rest = (inputs[2:], partials[2:], tuple(numbers))
    elif numbers:
        v._number = numbers[0]


def _apply(op: Op, inputs: tuple[Value, ...]) -> Value:
    if not inputs:
        raise ScalarError(f"{op.name} of nothing: give at least one number")
    numbers = [x.data for x in inputs]
    found = evaluate(op, numbers)
    if found is None:
        raise describe_undefined_node(op, inputs)
    v = _make_node(found[0], op, inputs[0], None, 0.0, 0.0, 0.0)
    _connect(v, inputs, found[1], numbers)
    return v


def _divide(x: Value, y: Value) -> Value:
    if y.data == 0:
        raise describe_undefined_node(_DIVIDE, (x, y))
    data = x.data / y.data
    return _make_node(data, _DIVIDE, x, y, 1.0 / y.data, -data / y.data, y.data)


# Conversions and checks


def _to_value(x: Any, op: Op) -> Value | None:
    if isinstance(x, Value):
        return x
    if not isinstance(x, (float, int, Real)):
        return None
    return _make_leaf(_to_number(x, op))


def _to_number(x: Any, op: Op) -> float:
    try:
        data = float(x)
    except OverflowError:
        data = math.nan
    if data != data:
        raise ScalarError(f"{x!r} as an input of {op.name}: it is not a number that a float can hold")
    return data


def _leaf(kind: type[Value], data: float, label: str) -> Value:
    """A leaf of class `kind`, as copies and unpickled Values are."""
    v = kind.__new__(kind)
    Value.__init__(v, 0.0)
    v.data, v.label = data, label
    return v


def _require_value(x: Any, op: Op) -> Value:
    value = _to_value(x, op)
    if value is None:
        raise ScalarError(f"{x!r} as an input of {op.name}: it must be a Value or a number, not {type(x).__name__}")
    return value


if cython.compiled:
    lend_dictionary(Value, place_of_dictionary(Value(0.0)))  # pyright: ignore[reportUndefinedVariable]
