"""Gathering and scattering by computed indices: ONNX has them for leading axes."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from jax.lax import GatherScatterMode

from moregrad.errors import ModelError
from moregrad.formats.onnx.graph import Graph, Value, kind_of


def gather(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    """Takes slices of a whole axis, or of one number, at indices."""
    operand, indices = values
    if isinstance(indices, np.ndarray) and indices.ndim == 1:
        return [_cut(graph, equation, operand, indices)]
    sizes, numbers = equation.invars[0].aval.shape, equation.params["dimension_numbers"]
    batching, indexed = list(numbers.operand_batching_dims), list(numbers.start_index_map)
    rest = [axis for axis in range(len(sizes)) if axis not in (*batching, *indexed)]
    whole = all(equation.params["slice_sizes"][axis] == sizes[axis] for axis in rest)
    single = all(equation.params["slice_sizes"][axis] == 1 for axis in (*batching, *indexed))
    leading = list(numbers.start_indices_batching_dims) == list(range(len(batching)))
    if not (whole and single and leading):
        raise ModelError("its step takes parts of an axis at computed places, which an ONNX graph of moregrad does not")
    limits = [sizes[axis] for axis in indexed]
    inside, outside = _confine(graph, indices, limits)
    data = graph.transpose(operand, [*batching, *indexed, *rest])
    taken: Value = graph.add("GatherND", data, graph.cast(inside, np.int64), batch_dims=len(batching))[0]
    places = len(equation.invars[1].aval.shape) - 1
    if equation.params["mode"] == GatherScatterMode.FILL_OR_DROP:
        taken = _fill(graph, equation, taken, outside, len(rest))
    # Axes that were indexed and kept have one number and take no part in the order.
    offsets = [axis for axis in range(len(sizes)) if axis not in (*batching, *numbers.collapsed_slice_dims)]
    at = {
        offset: places + rest.index(axis)
        for offset, axis in zip(numbers.offset_dims, offsets, strict=True)
        if axis in rest
    }
    others = iter(range(places))
    rank = len(equation.outvars[0].aval.shape)
    order = [
        at[axis] if axis in at else next(others)
        for axis in range(rank)
        if axis in at or axis not in numbers.offset_dims
    ]
    return [graph.reshape(graph.transpose(taken, order), equation.outvars[0].aval.shape)]


def _cut(graph: Graph, equation: Any, operand: Value, starts: np.ndarray) -> Value:
    """Cuts a slice at places that are known."""
    numbers, lengths = equation.params["dimension_numbers"], equation.params["slice_sizes"]
    sizes = equation.invars[0].aval.shape
    begins = dict(zip(numbers.start_index_map, starts.tolist(), strict=True))
    for axis, (size, length) in enumerate(zip(sizes, lengths, strict=True)):
        begin = begins.get(axis, 0)
        if not (length == size if begin == 0 and axis not in begins else begin >= 0 and _fits(begin, length, size)):
            raise ModelError("its step takes a slice beyond the end, which an ONNX graph of moregrad does not")
    axes = [axis for axis in begins if not (begins[axis] == 0 and lengths[axis] == sizes[axis])]
    if axes:
        ends = [begins[axis] + lengths[axis] for axis in axes]
        vectors = graph.whole(*(begins[axis] for axis in axes)), graph.shape(ends), graph.whole(*axes)
        (operand,) = graph.add("Slice", operand, *vectors)
    return graph.reshape(operand, equation.outvars[0].aval.shape)


def _fits(begin: int, length: Any, size: Any) -> bool:
    return length == size if begin == 0 and length == size else begin + length <= size


def _confine(graph: Graph, indices: Value, sizes: Sequence[Any]) -> tuple[Value, Value]:
    """Returns indices moved into their axes, and whether each was outside."""
    last = graph.cast(graph.add("Sub", graph.shape(sizes), graph.whole(1))[0], np.int32)
    (inside,) = graph.add("Max", *graph.add("Min", indices, last), np.zeros((), np.int32))
    (same,) = graph.add("Equal", inside, indices)
    return inside, graph.add("Not", same)[0]


def _any(graph: Graph, truths: Value) -> Value:
    """Tells whether any along the last axis is true; the axis is left with one number."""
    (most,) = graph.add("ReduceMax", graph.cast(truths, np.int32), graph.whole(-1), keepdims=1)
    return graph.cast(most, np.bool_)


def _fill(graph: Graph, equation: Any, taken: Value, outside: Value, rest: int) -> Value:
    """Puts the fill value where an index was outside."""
    dtype, filling = kind_of(equation.outvars[0].aval.dtype), equation.params["fill_value"]
    if dtype != np.float32:
        raise ModelError("its step takes whole numbers from outside, which an ONNX graph of moregrad does not")
    places = equation.invars[1].aval.shape[:-1]
    which = graph.reshape(_any(graph, outside), [*places, *[1] * rest])
    return graph.add("Where", which, np.array(np.nan if filling is None else filling, np.float32), taken)[0]


def scatter(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    """Puts slices of whole axes at indices, and those whose indices are outside nowhere."""
    operand, indices, updates = values
    sizes, numbers = equation.invars[0].aval.shape, equation.params["dimension_numbers"]
    indexed = list(numbers.scatter_dims_to_operand_dims)
    rest = [axis for axis in range(len(sizes)) if axis not in indexed]
    windows = list(numbers.update_window_dims)
    shape = equation.invars[2].aval.shape
    whole = all(shape[window] == sizes[axis] for window, axis in zip(windows, rest, strict=False))
    if numbers.operand_batching_dims or sorted(numbers.inserted_window_dims) != sorted(indexed) or not whole:
        raise ModelError("its step puts parts of an axis at computed places, which an ONNX graph of moregrad does not")
    limits = [sizes[axis] for axis in indexed]
    inside, outside = _confine(graph, indices, limits)
    data = graph.transpose(operand, [*indexed, *rest])
    scattered = [axis for axis in range(len(shape)) if axis not in windows]
    updates = graph.transpose(updates, [*scattered, *windows])
    dropped = equation.params["mode"] == GatherScatterMode.FILL_OR_DROP
    if dropped:
        # What is dropped goes to a place behind the end, which is cut off again.
        beyond = graph.cast(graph.shape(limits), np.int32)
        (inside,) = graph.add("Where", _any(graph, outside), beyond, inside)
        pads = graph.whole(*[0] * len(sizes), *[1] * len(indexed), *[0] * len(rest))
        (data,) = graph.add("Pad", data, pads)
    (put,) = graph.add("ScatterND", data, graph.cast(inside, np.int64), updates)
    if dropped:
        axes = graph.whole(*range(len(indexed)))
        (put,) = graph.add("Slice", put, graph.whole(*[0] * len(indexed)), graph.shape(limits), axes)
    return [graph.transpose(put, np.argsort([*indexed, *rest]).tolist())]
