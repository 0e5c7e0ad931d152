"""The arrays of a jaxpr, each as what computes its elements; few of them are ever stored."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from moregrad.formats.translation.expressions import ZERO, Expression, plus, read, times
from moregrad.formats.translation.program import Buffer

Index = Sequence[Expression]


@dataclass(frozen=True, eq=False)
class Value:
    """An array of a jaxpr. `element` gives the expression of an element from those of its indices.

    `cost` is about how many operations an element takes. `at` reads an element at its position when all are laid out,
    the last axis running fastest; arrays that are not stored so have none. `known` holds the numbers of an array that
    does not depend on the state, and `rounds` says whether they may be rounded.
    """

    shape: tuple[int, ...]
    dtype: str
    element: Callable[[Index], Expression]
    cost: int = 0
    at: Callable[[Expression], Expression] | None = None
    known: np.ndarray | None = None
    rounds: bool = False

    @property
    def size(self) -> int:
        """The number of elements."""
        return math.prod(self.shape)

    def remapped(self, shape: Sequence[int], index: Callable[[Index], Index]) -> "Value":
        """Returns an array of `shape` whose elements are those of this one at what `index` makes of their indices."""
        return Value(tuple(shape), self.dtype, lambda each: self.element(index(each)), self.cost)

    def reshaped(self, shape: Sequence[int]) -> "Value":
        """Returns the same elements in another shape; only what has `at` can be."""
        assert self.at is not None
        return laid_out(self.at, shape, self.dtype)


def laid_out(at: Callable[[Expression], Expression], shape: Sequence[int], dtype: str) -> Value:
    """Returns the array of `shape` whose elements `at` reads."""
    return Value(tuple(shape), dtype, lambda index: at(position(index, shape)), at=at)


def stored(buffer: Buffer, shape: Sequence[int], dtype: str) -> Value:
    """Returns the array that `buffer` holds."""
    return laid_out(lambda place: read(buffer, place, dtype), shape, dtype)


def uniform(expression: Expression, shape: Sequence[int]) -> Value:
    """Returns an array whose elements are all one number, which costs nothing."""
    return laid_out(lambda place: expression, shape, expression.dtype)


def position(index: Index, shape: Sequence[int]) -> Expression:
    """Returns the place of an element when all those of an array of `shape` are laid out."""
    place = ZERO
    for axis, each in enumerate(index):
        place = plus(place, times(each, math.prod(shape[axis + 1 :])))
    return place
