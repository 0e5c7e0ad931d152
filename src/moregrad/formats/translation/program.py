"""Programs of loops over flat arrays, between the jaxpr of a model and the languages that it is written in."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Literal, TypeAlias

import numpy as np

from moregrad.formats.translation.expressions import INDEX, ZERO, Expression, name


@dataclass(frozen=True, eq=False)
class Buffer:
    """A flat array: a constant, a part of the state, the logits, or what is computed on the way.

    `dtype` is that of its elements in memory; expressions that read them may be of a wider one.
    """

    kind: Literal["constant", "state", "output", "temporary"]
    number: int
    dtype: str
    size: int

    @property
    def name(self) -> str:
        """Its name in programs."""
        return f"{self.kind[0]}{self.number}"

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Let:
    """Names a number that does not change."""

    variable: Expression
    value: Expression


@dataclass(frozen=True)
class Declare:
    """Names a number that changes."""

    variable: Expression
    value: Expression


@dataclass(frozen=True)
class Assign:
    """Changes a number."""

    variable: Expression
    value: Expression


@dataclass(frozen=True)
class Store:
    """Writes an element of an array."""

    buffer: Buffer
    index: Expression
    value: Expression


@dataclass(frozen=True)
class For:
    """Counts a variable from 0 up to, not including, `extent`."""

    variable: Expression
    extent: int
    body: list["Statement"]


@dataclass(frozen=True)
class Loop:
    """Repeats until it is left."""

    body: list["Statement"]


@dataclass(frozen=True)
class LeaveUnless:
    """Leaves the innermost `Loop` if the condition does not hold."""

    condition: Expression


@dataclass(frozen=True)
class If:
    """Chooses between two blocks."""

    condition: Expression
    body: list["Statement"]
    otherwise: list["Statement"]


Statement: TypeAlias = Let | Declare | Assign | Store | For | Loop | LeaveUnless | If


@dataclass
class Program:
    """Statements, and the arrays that they read and write.

    `constants` holds the numbers of each constant array; those that may be rounded are in `weights`.
    """

    body: list[Statement] = field(default_factory=list)
    buffers: list[Buffer] = field(default_factory=list)
    constants: dict[Buffer, np.ndarray] = field(default_factory=dict)
    weights: set[Buffer] = field(default_factory=set)
    _block: list[Statement] = field(init=False)
    _numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self._block = self.body

    def buffer(self, kind: Literal["constant", "state", "output", "temporary"], dtype: str, size: int) -> Buffer:
        """Adds an array."""
        self.buffers.append(Buffer(kind, sum(each.kind == kind for each in self.buffers), dtype, size))
        return self.buffers[-1]

    def variable(self, dtype: str) -> Expression:
        """Returns a name that is used nowhere else."""
        return name(f"v{next(self._numbers)}", dtype)

    def add(self, statement: Statement) -> None:
        """Appends to the block that is being written."""
        self._block.append(statement)

    @contextmanager
    def block(self) -> Iterator[list[Statement]]:
        """Collects what is added meanwhile as a block of its own."""
        outer, self._block = self._block, []
        try:
            yield self._block
        finally:
            self._block = outer

    def counted(self, extent: int) -> Expression:
        """Returns a variable to count `extent` times with; where that is once, it is the number 0."""
        return ZERO if extent == 1 else self.variable(INDEX)

    def store(self, shape: Sequence[int], element: Callable[[list[Expression]], "Statement"]) -> None:
        """Adds loops over `shape`, with the statement that `element` makes of their variables in the innermost."""
        variables = [self.counted(extent) for extent in shape]
        self._block += _loops(variables, shape, [element(variables)])

    def fold(
        self,
        shape: Sequence[int],
        over: Sequence[int],
        element: "Callable[[list[Expression], list[Expression]], list[Fold]]",
    ) -> None:
        """Adds loops over `shape`; in each element those over `over` fold what `element` says."""
        outer, inner = [self.counted(extent) for extent in shape], [self.counted(extent) for extent in over]
        folds = element(outer, inner)
        body: list[Statement] = [Declare(each.variable, each.start) for each in folds]
        body += _loops(inner, over, [Assign(each.variable, each.step) for each in folds])
        body += [result for each in folds for result in each.result]
        self._block += _loops(outer, shape, body)


def _loops(variables: list[Expression], shape: Sequence[int], innermost: list[Statement]) -> list[Statement]:
    if 0 in shape:
        return []
    for variable, extent in reversed(list(zip(variables, shape, strict=True))):
        innermost = innermost if variable == ZERO else [For(variable, extent, innermost)]
    return innermost


@dataclass(frozen=True)
class Fold:
    """A number that begins as `start`, becomes `step` for each element, and is used at last."""

    variable: Expression
    start: Expression
    step: Expression
    result: list[Statement] = field(default_factory=list)


def statements(body: list[Statement]) -> Iterator[Statement]:
    """Yields the statements of `body` and of all blocks inside it."""
    for statement in body:
        yield statement
        match statement:
            case For() | Loop():
                yield from statements(statement.body)
            case If():
                yield from statements([*statement.body, *statement.otherwise])
