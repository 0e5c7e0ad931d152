"""Primitives that read or write where other elements say."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from jax.lax import GatherScatterMode

from moregrad.formats.translation.expressions import INDEX, ZERO, Expression, constant, operation, plus, within
from moregrad.formats.translation.jaxpr import Shapes, Translation, Values, emitter
from moregrad.formats.translation.program import If, Statement, Store
from moregrad.formats.translation.values import Index, Value, position

CLIPPED = (GatherScatterMode.CLIP, GatherScatterMode.PROMISE_IN_BOUNDS)
SCATTERS = {
    "scatter": None,
    "scatter-add": "add",
    "scatter_sub": "sub",
    "scatter-mul": "mul",
    "scatter-min": "min",
    "scatter-max": "max",
}


@emitter("gather")
def gather(
    translation: Translation,
    operands: Values,
    results: Shapes,
    *,
    dimension_numbers: Any,
    slice_sizes: Any,
    mode: Any,
    fill_value: Any,
    **_: Any,
) -> Value:
    source, places = map(translation.settled, operands)
    dtype, numbers = source.dtype, dimension_numbers
    highest = {axis: source.shape[axis] - slice_sizes[axis] for axis in numbers.start_index_map}
    windowed = _others(source.shape, [*numbers.collapsed_slice_dims, *numbers.operand_batching_dims])
    batched = dict(zip(numbers.operand_batching_dims, numbers.start_indices_batching_dims, strict=True))

    def element(index: Index) -> Expression:
        batch = [each for axis, each in enumerate(index) if axis not in numbers.offset_dims]
        offsets = dict(zip(windowed, (index[axis] for axis in numbers.offset_dims), strict=True))
        starts = _starts(places, batch, numbers.start_index_map)
        known = offsets | {axis: batch[number] for axis, number in batched.items()}
        value = source.element(_found(source.shape, known, starts, highest))
        if mode in CLIPPED or not starts:
            return value
        return operation("select", dtype, _inside(starts, highest), value, constant(_filling(dtype, fill_value), dtype))

    return Value(tuple(results[0].shape), dtype, element, 1)


def _others(shape: Sequence[int], axes: Sequence[int]) -> list[int]:
    return [axis for axis in range(len(shape)) if axis not in axes]


def _starts(places: Value, batch: Index, axes: Sequence[int]) -> dict[int, Expression]:
    starts = {axis: places.element([*batch, constant(number, INDEX)]) for number, axis in enumerate(axes)}
    if places.dtype != "uint32":
        return starts
    largest = constant(2**31 - 1, "uint32")
    return {axis: operation("min", "uint32", start, largest) for axis, start in starts.items()}


def _found(
    shape: Sequence[int], known: dict[int, Expression], starts: dict[int, Expression], highest: dict[int, int]
) -> list[Expression]:
    """Returns the indices of an element: what is known of them, from where the slice begins, which lies inside."""
    found = [known.get(axis, ZERO) for axis in range(len(shape))]
    for axis, start in starts.items():
        found[axis] = plus(within(start, highest[axis]), found[axis])
    return found


def _inside(starts: dict[int, Expression], highest: dict[int, int]) -> Expression:
    """Returns whether nothing lies outside."""
    conditions = [
        operation(name, "bool", start, constant(limit, INDEX))
        for axis, start in starts.items()
        for name, limit in (("ge", 0), ("le", highest[axis]))
    ]
    whole = conditions[0]
    for each in conditions[1:]:
        whole = operation("and", "bool", whole, each)
    return whole


def _filling(dtype: str, given: Any) -> Any:
    """Returns what stands for elements outside an array: as JAX has it, NaN or the largest or smallest number."""
    if given is not None:
        return np.asarray(given, dtype).item()
    if dtype == "float32":
        return float("nan")
    if dtype == "bool":
        return True
    limits = np.iinfo(dtype)
    return int(limits.min if limits.min else limits.max)


def _scatter(combine: str | None) -> Any:
    def emit(
        translation: Translation,
        operands: Values,
        results: Shapes,
        *,
        dimension_numbers: Any,
        mode: Any,
        **_: Any,
    ) -> Value:
        target, (places, updates) = operands[0], map(translation.settled, operands[1:])
        buffer = translation.program.buffer("temporary", target.dtype, target.size)
        whole = translation.store(target, buffer)
        numbers = dimension_numbers
        windowed = _others(target.shape, [*numbers.inserted_window_dims, *numbers.operand_batching_dims])
        sizes = dict(zip(windowed, (updates.shape[axis] for axis in numbers.update_window_dims), strict=True))
        highest = {axis: target.shape[axis] - sizes.get(axis, 1) for axis in numbers.scatter_dims_to_operand_dims}
        batched = dict(zip(numbers.operand_batching_dims, numbers.scatter_indices_batching_dims, strict=True))

        def write(index: Index) -> Statement:
            batch = [each for axis, each in enumerate(index) if axis not in numbers.update_window_dims]
            offsets = dict(zip(windowed, (index[axis] for axis in numbers.update_window_dims), strict=True))
            starts = _starts(places, batch, numbers.scatter_dims_to_operand_dims)
            known = offsets | {axis: batch[number] for axis, number in batched.items()}
            found = _found(target.shape, known, starts, highest)
            value = updates.element(index)
            if combine:
                value = operation(combine, target.dtype, whole.element(found), value)
            store = Store(buffer, position(found, target.shape), value)
            return store if mode == GatherScatterMode.CLIP or not starts else If(_inside(starts, highest), [store], [])

        translation.program.store(updates.shape, write)
        return whole

    return emit


for _name, _combine in SCATTERS.items():
    emitter(_name)(_scatter(_combine))


@emitter("dynamic_slice")
def dynamic_slice(translation: Translation, operands: Values, results: Shapes, *, slice_sizes: Any, **_: Any) -> Value:
    source, *starts = map(translation.settled, operands)
    return source.remapped(slice_sizes, lambda index: _moved(index, starts, source.shape, slice_sizes))


@emitter("dynamic_update_slice")
def dynamic_update_slice(translation: Translation, operands: Values, results: Shapes) -> Value:
    target, update, *starts = operands
    starts = list(map(translation.settled, starts))
    buffer = translation.program.buffer("temporary", target.dtype, target.size)
    whole = translation.store(target, buffer)

    def write(index: Index) -> Store:
        place = position(_moved(index, starts, target.shape, update.shape), target.shape)
        return Store(buffer, place, update.element(index))

    translation.program.store(update.shape, write)
    return whole


def _moved(index: Index, starts: Sequence[Value], shape: Sequence[int], sizes: Any) -> list[Expression]:
    return [
        plus(within(start.element([]), extent - size), each)
        for each, start, extent, size in zip(index, starts, shape, sizes, strict=True)
    ]
