"""Primitives that sort, and those that run along an axis."""

from collections.abc import Sequence
from typing import Any

from moregrad.formats.translation.expressions import INDEX, ZERO, Expression, constant, operation, plus, times, within
from moregrad.formats.translation.jaxpr import Shapes, Translation, Values, emitter
from moregrad.formats.translation.program import Fold, If, Statement, Store
from moregrad.formats.translation.values import Index, Value, position, stored


def _running(combine: str) -> Any:
    def emit(
        translation: Translation, operands: Values, results: Shapes, *, axis: int, reverse: bool, **_: Any
    ) -> Value:
        operand = translation.settled(operands[0])
        shape, last = operand.shape, operand.shape[axis] - 1
        buffer = translation.program.buffer("temporary", operand.dtype, operand.size)

        def write(index: Index) -> Store:
            count = index[axis]
            place = plus(constant(last, INDEX), times(count, -1)) if reverse else count
            here = [*index[:axis], place, *index[axis + 1 :]]
            before = within(plus(place, constant(1 if reverse else -1, INDEX)), last)
            there = stored(buffer, shape, operand.dtype).element([*index[:axis], before, *index[axis + 1 :]])
            element = operand.element(here)
            sum_so_far = operation(combine, operand.dtype, there, element)
            first = operation("eq", "bool", count, ZERO)
            value = operation("select", operand.dtype, first, element, sum_so_far)
            return Store(buffer, position(here, shape), value)

        translation.program.store(shape, write)
        return stored(buffer, shape, operand.dtype)

    return emit


for _name, _combine in {"cumsum": "add", "cumprod": "mul", "cummax": "max", "cummin": "min"}.items():
    emitter(_name)(_running(_combine))


def _precedes(a: Expression, b: Expression) -> Expression:
    """Returns whether `a` comes before `b`; what is not a number comes last."""
    less = operation("lt", "bool", a, b)
    if a.dtype != "float32":
        return less
    last = operation("and", "bool", operation("eq", "bool", a, a), operation("ne", "bool", b, b))
    return operation("or", "bool", less, last)


@emitter("sort")
def sort(
    translation: Translation, operands: Values, results: Shapes, *, dimension: int, num_keys: int, **_: Any
) -> Values:
    values = [translation.settled(each) for each in operands]
    buffers = [translation.program.buffer("temporary", each.dtype, each.size) for each in values]
    shape = values[0].shape

    def put(index: Index, rank: Expression) -> list[Statement]:
        place = position([*index[:dimension], rank, *index[dimension + 1 :]], shape)
        return [Store(buffer, place, value.element(index)) for buffer, value in zip(buffers, values, strict=True)]

    _ranked(translation, values[:num_keys], dimension, put, precedes=_precedes)
    return [stored(buffer, shape, each.dtype) for buffer, each in zip(buffers, values, strict=True)]


@emitter("top_k")
def top_k(translation: Translation, operands: Values, results: Shapes, *, k: int, axis: int, **_: Any) -> Values:
    value = translation.settled(operands[0])
    dtypes = [str(each.dtype) for each in results]
    buffers = [
        translation.program.buffer("temporary", dtype, each.size) for dtype, each in zip(dtypes, results, strict=True)
    ]
    shape = results[0].shape

    def put(index: Index, rank: Expression) -> list[Statement]:
        place = position([*index[:axis], rank, *index[axis + 1 :]], shape)
        numbers = [value.element(index), operation("convert", dtypes[1], index[axis])]
        stores: list[Statement] = [Store(buffer, place, each) for buffer, each in zip(buffers, numbers, strict=True)]
        return [If(operation("lt", "bool", rank, constant(k, INDEX)), stores, [])]

    _ranked(translation, [value], axis, put, precedes=lambda a, b: _precedes(b, a))
    return [stored(buffer, shape, dtype) for buffer, dtype in zip(buffers, dtypes, strict=True)]


def _ranked(translation: Translation, keys: Sequence[Value], axis: int, put: Any, *, precedes: Any) -> None:
    """Adds loops that count the elements along `axis` before each; equal ones stay in the order in which they are."""
    rank = translation.program.variable(INDEX)

    def fold(outer: Index, inner: Index) -> list[Fold]:
        (other,) = inner
        there = [*outer[:axis], other, *outer[axis + 1 :]]
        # By the last key, ties are broken by the place.
        before = operation("lt", "bool", other, outer[axis])
        for key in reversed(keys):
            a, b = key.element(there), key.element(outer)
            different = operation("or", "bool", precedes(a, b), precedes(b, a))
            before = operation("select", "bool", different, precedes(a, b), before)
        step = operation("add", INDEX, rank, operation("select", INDEX, before, constant(1, INDEX), ZERO))
        return [Fold(rank, ZERO, step, put(outer, rank))]

    shape = keys[0].shape
    translation.program.fold(shape, [shape[axis]], fold)
