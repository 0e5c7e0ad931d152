"""Scalar expressions, of which loops over arrays are made: the same for every language that they are written in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

CONSTANT, NAME, READ = "constant", "name", "read"
INDEX = "index"
"""The type of positions in arrays: whole numbers that are computed exactly and never wrap."""


@dataclass(frozen=True, eq=False)
class Expression:
    """An operation on expressions, a constant, a name, or the element of an array.

    `dtype` is that of NumPy, `INDEX`, or "float64" for sums. `value` is the number of a constant, the name of a
    variable, the array that is read; `names` and `arrays` are what the expression depends on.
    """

    op: str
    arguments: tuple["Expression", ...]
    dtype: str
    value: Any = None
    names: frozenset[str] = field(init=False)
    arrays: frozenset[Any] = field(init=False)
    _hash: int = field(init=False)

    def __post_init__(self) -> None:
        own = frozenset([self.value]) if self.op == NAME else frozenset()
        read = frozenset([self.value]) if self.op == READ else frozenset()
        object.__setattr__(self, "names", own.union(*(each.names for each in self.arguments)))
        object.__setattr__(self, "arrays", read.union(*(each.arrays for each in self.arguments)))
        object.__setattr__(self, "_hash", hash((self.op, self.arguments, self.dtype, repr(self.value))))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Expression)
            and self._hash == other._hash
            and (self.op, self.dtype, repr(self.value)) == (other.op, other.dtype, repr(other.value))
            and self.arguments == other.arguments
        )

    @property
    def is_leaf(self) -> bool:
        """True for a constant and for a name."""
        return self.op in (CONSTANT, NAME)

    def with_arguments(self, arguments: Iterable["Expression"]) -> "Expression":
        """Returns the same operation on other arguments."""
        arguments = tuple(arguments)
        return self if arguments == self.arguments else Expression(self.op, arguments, self.dtype, self.value)


def constant(value: Any, dtype: str) -> Expression:
    """Returns a number."""
    return Expression(CONSTANT, (), dtype, int(value) if dtype == INDEX else value)


def name(name: str, dtype: str) -> Expression:
    """Returns a variable."""
    return Expression(NAME, (), dtype, name)


def read(array: Any, index: Expression, dtype: str) -> Expression:
    """Returns an element of an array."""
    return Expression(READ, (index,), dtype, array)


def operation(op: str, dtype: str, *arguments: Expression) -> Expression:
    """Returns the operation `op` on `arguments`."""
    return Expression(op, arguments, dtype)


ZERO = constant(0, INDEX)


def plus(a: Expression, b: Expression) -> Expression:
    """Adds two positions."""
    if a.op == b.op == CONSTANT:
        return constant(a.value + b.value, INDEX)
    if ZERO in (a, b):
        return b if a == ZERO else a
    return operation("add", INDEX, a, b)


def times(a: Expression, factor: int) -> Expression:
    """Multiplies a position by a number."""
    if a.op == CONSTANT or factor == 0:
        return constant(a.value * factor if factor else 0, INDEX)
    return a if factor == 1 else operation("mul", INDEX, a, constant(factor, INDEX))


def within(a: Expression, highest: int) -> Expression:
    """Returns the position nearest to `a` from 0 to `highest`, which may be -1 for an array that nothing reads."""
    if a.op == CONSTANT:
        return constant(min(max(a.value, 0), max(highest, 0)), INDEX)
    if highest <= 0:
        return ZERO
    return operation("max", INDEX, operation("min", INDEX, a, constant(highest, INDEX)), ZERO)
