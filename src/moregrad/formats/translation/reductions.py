"""Primitives that make one element of many: sums, products of matrices, and the like."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from moregrad.formats.translation.expressions import INDEX, ZERO, Expression, constant, operation, plus, times
from moregrad.formats.translation.jaxpr import Shapes, Translation, Values, emitter
from moregrad.formats.translation.program import Fold, Store
from moregrad.formats.translation.values import Index, Value, position, stored

TOGETHER = 4
"""Neighbouring elements of a product that are summed in one loop, so that none waits for another."""


def _lowest(dtype: str) -> Any:
    return -np.inf if dtype == "float32" else False if dtype == "bool" else int(np.iinfo(dtype).min)


def _highest(dtype: str) -> Any:
    return np.inf if dtype == "float32" else True if dtype == "bool" else int(np.iinfo(dtype).max)


REDUCTIONS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "reduce_sum": ("add", lambda dtype: 0),
    "reduce_prod": ("mul", lambda dtype: 1),
    "reduce_max": ("max", _lowest),
    "reduce_min": ("min", _highest),
    "reduce_and": ("and", lambda dtype: True),
    "reduce_or": ("or", lambda dtype: False),
}


def wide(dtype: str) -> str:
    """Returns the type that sums are kept in."""
    return "float64" if dtype == "float32" else dtype


def _reduction(combine: str, start: Callable[[str], Any]) -> Any:
    def emit(translation: Translation, operands: Values, results: Shapes, *, axes: Any, **_: Any) -> Value:
        (operand,), (result,) = operands, results
        dtype = wide(operand.dtype) if combine in ("add", "mul") else operand.dtype
        buffer = translation.program.buffer("temporary", operand.dtype, result.size)
        variable = translation.program.variable(dtype)

        def fold(outer: Index, inner: Index) -> list[Fold]:
            kept, gone = iter(outer), iter(inner)
            element = operand.element([next(gone if axis in axes else kept) for axis in range(len(operand.shape))])
            step = operation(combine, dtype, variable, element)
            store = Store(buffer, position(outer, result.shape), variable)
            return [Fold(variable, constant(start(operand.dtype), dtype), step, [store])]

        translation.program.fold(result.shape, [operand.shape[axis] for axis in axes], fold)
        return stored(buffer, result.shape, operand.dtype)

    return emit


for _name, (_combine, _start) in REDUCTIONS.items():
    emitter(_name)(_reduction(_combine, _start))


@emitter("dot_general")
def dot_general(
    translation: Translation, operands: Values, results: Shapes, *, dimension_numbers: Any, **_: Any
) -> Value:
    (result,) = results
    left, right = map(translation.settled, operands)
    (contracted, batched) = dimension_numbers
    free = [
        [axis for axis in range(len(each.shape)) if axis not in (*over, *batch)]
        for each, over, batch in zip((left, right), contracted, batched, strict=True)
    ]
    batch = len(batched[0])

    def indices(out: Index, over: Index) -> tuple[list[Expression], list[Expression]]:
        shared, own = out[:batch], out[batch:]
        first, second = own[: len(free[0])], own[len(free[0]) :]
        return (
            _placed((batched[0], shared), (contracted[0], over), (free[0], first)),
            _placed((batched[1], shared), (contracted[1], over), (free[1], second)),
        )

    def term(out: Index, over: Index) -> tuple[Expression, Expression]:
        one, other = indices(out, over)
        return left.element(one), right.element(other)

    return sum_of_products(translation, result, [left.shape[axis] for axis in contracted[0]], term)


def _placed(*parts: tuple[Sequence[int], Index]) -> list[Expression]:
    placed = {axis: each for axes, index in parts for axis, each in zip(axes, index, strict=True)}
    return [placed[axis] for axis in range(len(placed))]


def sum_of_products(
    translation: Translation,
    result: Any,
    over: Sequence[int],
    factors: Callable[[Index, Index], tuple[Expression, Expression]],
) -> Value:
    """Sums products, a few neighbours along the longest axis of the result at a time, then those that are left."""
    shape, dtype = tuple(result.shape), str(result.dtype)
    buffer = translation.program.buffer("temporary", dtype, result.size)
    axis = max(range(len(shape)), key=lambda axis: (shape[axis], axis), default=None)
    length = shape[axis] if axis is not None else 1
    blocks = length // TOGETHER
    for together, count, first in ((TOGETHER, blocks, 0), (1, length - blocks * TOGETHER, blocks * TOGETHER)):
        variables = [translation.program.variable(wide(dtype)) for _ in range(together)]

        def fold(outer: Index, inner: Index, variables=variables, together=together, first=first) -> list[Fold]:
            folds = []
            for number, variable in enumerate(variables):
                out = list(outer)
                if axis is not None:
                    out[axis] = plus(times(outer[axis], together), constant(first + number, INDEX))
                term = operation("mul", wide(dtype), *factors(out, inner))
                step = operation("add", wide(dtype), variable, term)
                store = Store(buffer, position(out, shape), variable)
                folds.append(Fold(variable, constant(0, wide(dtype)), step, [store]))
            return folds

        loops = [count if number == axis else extent for number, extent in enumerate(shape)]
        if count:
            translation.program.fold(loops, over, fold)
    return stored(buffer, shape, dtype)


def _extremum(exceeds: str) -> Any:
    def emit(translation: Translation, operands: Values, results: Shapes, *, axes: Any, **_: Any) -> Value:
        operand, (result,), (axis,) = translation.settled(operands[0]), results, axes
        dtype = str(result.dtype)
        buffer = translation.program.buffer("temporary", dtype, result.size)
        best, where = translation.program.variable(operand.dtype), translation.program.variable(dtype)

        def fold(outer: Index, inner: Index) -> list[Fold]:
            def element(place: Expression) -> Expression:
                return operand.element([*outer[:axis], place, *outer[axis:]])

            (place,) = inner
            found = element(place)
            # The first NaN is the answer, if there is one.
            nan = operation("and", "bool", operation("ne", "bool", found, found), operation("eq", "bool", best, best))
            better = operation("or", "bool", operation(exceeds, "bool", found, best), nan)
            store = Store(buffer, position(outer, result.shape), where)
            moved = operation("select", dtype, better, operation("convert", dtype, place), where)
            return [
                Fold(where, constant(0, dtype), moved, [store]),
                Fold(best, element(ZERO), operation("select", operand.dtype, better, found, best)),
            ]

        translation.program.fold(result.shape, [operand.shape[axis]], fold)
        return stored(buffer, result.shape, dtype)

    return emit


emitter("argmax")(_extremum("gt"))
emitter("argmin")(_extremum("lt"))
