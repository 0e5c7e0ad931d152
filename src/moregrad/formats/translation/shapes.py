"""Primitives that only move elements: nothing is computed, and most move nothing."""

from collections.abc import Sequence
from typing import Any

from moregrad.formats.translation.expressions import INDEX, ZERO, Expression, constant, operation, plus, times
from moregrad.formats.translation.jaxpr import Shapes, Translation, Values, emitter
from moregrad.formats.translation.program import Store
from moregrad.formats.translation.values import Index, Value, position, stored


@emitter("broadcast_in_dim")
def broadcast(
    translation: Translation, operands: Values, results: Shapes, *, broadcast_dimensions: Any, **_: Any
) -> Value:
    (result,), operand = results, operands[0]
    if operand.cost > 1 and result.size > operand.size:
        operand = translation.stored(operand)
    axes = [(axis, operand.shape[number] == 1) for number, axis in enumerate(broadcast_dimensions)]
    return operand.remapped(result.shape, lambda index: [ZERO if one else index[axis] for axis, one in axes])


@emitter("reshape")
def reshape(translation: Translation, operands: Values, results: Shapes, **_: Any) -> Value:
    (result,), operand = results, operands[0]
    long = [axis for axis, extent in enumerate(operand.shape) if extent != 1]
    there = [axis for axis, extent in enumerate(result.shape) if extent != 1]
    if [operand.shape[axis] for axis in long] == [result.shape[axis] for axis in there]:
        source = dict(zip(long, there, strict=True))
        axes = [source.get(axis) for axis in range(len(operand.shape))]
        moved = operand.remapped(result.shape, lambda index: [ZERO if axis is None else index[axis] for axis in axes])
        return moved if operand.at is None else operand.reshaped(result.shape)
    return (operand if operand.at else translation.stored(operand)).reshaped(result.shape)


@emitter("squeeze", "expand_dims")
def squeeze(translation: Translation, operands: Values, results: Shapes, **_: Any) -> Value:
    return reshape(translation, operands, results)


@emitter("transpose")
def transpose(translation: Translation, operands: Values, results: Shapes, *, permutation: Any) -> Value:
    places = [list(permutation).index(axis) for axis in range(len(permutation))]
    return operands[0].remapped(results[0].shape, lambda index: [index[place] for place in places])


@emitter("slice")
def slice_(
    translation: Translation,
    operands: Values,
    results: Shapes,
    *,
    start_indices: Any,
    strides: Any,
    **_: Any,
) -> Value:
    steps = strides or [1] * len(start_indices)
    return operands[0].remapped(
        results[0].shape,
        lambda index: [
            plus(times(each, step), constant(start, INDEX))
            for each, start, step in zip(index, start_indices, steps, strict=True)
        ],
    )


@emitter("rev")
def reverse(translation: Translation, operands: Values, results: Shapes, *, dimensions: Any) -> Value:
    shape = results[0].shape

    def index(index: Index) -> list[Expression]:
        return [
            plus(constant(shape[axis] - 1, INDEX), times(each, -1)) if axis in dimensions else each
            for axis, each in enumerate(index)
        ]

    return operands[0].remapped(shape, index)


@emitter("split")
def split(translation: Translation, operands: Values, results: Shapes, *, sizes: Any, axis: int) -> Values:
    operand = translation.settled(operands[0])
    starts = [sum(sizes[:number]) for number in range(len(sizes))]
    return [_part(operand, result.shape, axis, start) for result, start in zip(results, starts, strict=True)]


def _part(operand: Value, shape: Sequence[int], axis: int, start: int) -> Value:
    return operand.remapped(shape, lambda index: _shift(index, axis, start))


def _shift(index: Index, axis: int, by: int) -> list[Expression]:
    return [plus(each, constant(by, INDEX)) if number == axis else each for number, each in enumerate(index)]


@emitter("concatenate")
def concatenate(translation: Translation, operands: Values, results: Shapes, *, dimension: int) -> Value:
    (result,) = results
    buffer = translation.program.buffer("temporary", str(result.dtype), result.size)
    start = 0
    for operand in operands:
        _put(translation, operand, lambda index, by=start: position(_shift(index, dimension, by), result.shape), buffer)
        start += operand.shape[dimension]
    return stored(buffer, result.shape, str(result.dtype))


def _put(translation: Translation, value: Value, place: Any, buffer: Any) -> None:
    translation.program.store(value.shape, lambda index: Store(buffer, place(index), value.element(index)))


@emitter("stack")
def stack(translation: Translation, operands: Values, results: Shapes, *, axis: int) -> Value:
    shape = results[0].shape
    longer = [
        operand.remapped([*shape[:axis], 1, *shape[axis + 1 :]], lambda index: [*index[:axis], *index[axis + 1 :]])
        for operand in operands
    ]
    return concatenate(translation, longer, results, dimension=axis)


@emitter("pad")
def pad(translation: Translation, operands: Values, results: Shapes, *, padding_config: Any) -> Value:
    (result,), (operand, filling) = results, operands
    buffer = translation.program.buffer("temporary", str(result.dtype), result.size)
    fill = translation.settled(filling)
    translation.store(fill.remapped(result.shape, lambda index: []), buffer)
    # Of the elements those are kept that land within the result.
    ranges = [
        _kept(extent, total, *each)
        for extent, total, each in zip(operand.shape, result.shape, padding_config, strict=True)
    ]

    def place(index: Index) -> Expression:
        moved = [
            plus(times(each, within + 1), constant(low + first * (within + 1), INDEX))
            for each, (first, _), (low, _, within) in zip(index, ranges, padding_config, strict=True)
        ]
        return position(moved, result.shape)

    inner = operand.remapped(
        [stop - first for first, stop in ranges],
        lambda index: [plus(each, constant(first, INDEX)) for each, (first, _) in zip(index, ranges, strict=True)],
    )
    _put(translation, inner, place, buffer)
    return stored(buffer, result.shape, str(result.dtype))


def _kept(extent: int, total: int, low: int, high: int, within: int) -> tuple[int, int]:
    """Returns the first, and the one after the last, of an axis' elements that land from 0 to `total` - 1."""
    landing = [number for number in range(extent) if 0 <= low + number * (within + 1) < total]
    return (landing[0], landing[-1] + 1) if landing else (0, 0)


@emitter("iota")
def iota(translation: Translation, operands: Values, results: Shapes, *, dimension: int, **_: Any) -> Value:
    (result,) = results
    dtype = str(result.dtype)
    return Value(tuple(result.shape), dtype, lambda index: operation("convert", dtype, index[dimension]))


@emitter("copy", "copy_p", "stop_gradient", "optimization_barrier", "sharding_constraint")
def same(translation: Translation, operands: Values, results: Shapes, **_: Any) -> Values:
    return operands
