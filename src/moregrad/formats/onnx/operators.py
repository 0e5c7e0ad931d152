"""JAX's operations as nodes of an ONNX graph, one function each."""

from collections.abc import Callable
from typing import Any

import numpy as np

from moregrad.errors import ModelError
from moregrad.formats.onnx.graph import Graph, Value, kind_of
from moregrad.formats.onnx.indexing import gather, scatter

Operator = Callable[[Graph, Any, list[Value]], list[Value]]
"""Takes the graph, JAX's equation and the values of its arguments; returns those of its results."""

SAME = {
    "abs": "Abs",
    "add": "Add",
    "copy": "Identity",
    "cos": "Cos",
    "div": "Div",
    "eq": "Equal",
    "erf": "Erf",
    "exp": "Exp",
    "ge": "GreaterOrEqual",
    "gt": "Greater",
    "le": "LessOrEqual",
    "log": "Log",
    "logistic": "Sigmoid",
    "lt": "Less",
    "max": "Max",
    "min": "Min",
    "mul": "Mul",
    "neg": "Neg",
    "sign": "Sign",
    "sin": "Sin",
    "sqrt": "Sqrt",
    "stop_gradient": "Identity",
    "sub": "Sub",
    "tanh": "Tanh",
}
"""Operations that ONNX has under another name."""

REDUCTIONS = {
    "reduce_sum": "ReduceSum",
    "reduce_max": "ReduceMax",
    "reduce_min": "ReduceMin",
    "reduce_prod": "ReduceProd",
}
LOGIC = {"and": "And", "or": "Or", "not": "Not", "xor": "Xor"}


def _same(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    return [*graph.add(SAME[equation.primitive.name], *values)]


def _logic(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    if equation.outvars[0].aval.dtype != bool:
        raise ModelError("its step combines numbers bit by bit, which an ONNX graph of moregrad does not")
    return [*graph.add(LOGIC[equation.primitive.name], *values)]


def _ne(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    return [*graph.add("Not", *graph.add("Equal", *values))]


def _pow(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    return [*graph.add("Pow", *values)]


def _integer_pow(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    (x,), y = values, equation.params["y"]
    power = x
    for _ in range(abs(y) - 1):
        (power,) = graph.add("Mul", power, x)
    return [power] if y > 0 else [*graph.add("Reciprocal", power)]


def _square(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    return [*graph.add("Mul", *values, *values)]


def _rsqrt(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    return [*graph.add("Reciprocal", *graph.add("Sqrt", *values))]


def _log1p(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    return [*graph.add("Log", *graph.add("Add", *values, np.array(1, np.float32)))]


def _erfc(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    return [*graph.add("Sub", np.array(1, np.float32), *graph.add("Erf", *values))]


def _is_finite(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    return [*graph.add("Less", *graph.add("Abs", *values), np.array(np.inf, np.float32))]


def _rem(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    return [*graph.add("Mod", *values, fmod=1)]


def _select(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    which, *cases = values
    if len(cases) != 2 or equation.invars[0].aval.dtype != bool:
        raise ModelError("its step chooses among more than two cases, which an ONNX graph of moregrad does not")
    otherwise, then = cases
    if equation.outvars[0].aval.dtype == bool:
        kept = graph.add("And", which, then) + graph.add("And", *graph.add("Not", which), otherwise)
        return [*graph.add("Or", *kept)]
    return [*graph.add("Where", which, then, otherwise)]


def _clamp(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    low, x, high = values
    return [*graph.add("Min", *graph.add("Max", x, low), high)]


def _convert(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    return [graph.cast(values[0], kind_of(equation.outvars[0].aval.dtype))]


def _broadcast(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    sizes, axes = equation.outvars[0].aval.shape, equation.params["broadcast_dimensions"]
    before = equation.invars[0].aval.shape
    spread: list[Any] = [1] * len(sizes)
    for axis, size in zip(axes, before, strict=True):
        spread[axis] = size
    value = values[0] if tuple(spread) == tuple(before) else graph.reshape(values[0], spread)
    if tuple(spread) == tuple(sizes):
        return [value]
    # Where the sizes agree already, 1 leaves them as they are.
    wanted = [1 if old == new else new for old, new in zip(spread, sizes, strict=True)]
    return [*graph.add("Expand", value, graph.shape(wanted))]


def _reshape(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    if equation.params.get("dimensions") is not None:
        raise ModelError("its step reshapes in another order, which an ONNX graph of moregrad does not")
    return [graph.reshape(values[0], equation.outvars[0].aval.shape)]


def _reshaped(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    return [graph.reshape(values[0], equation.outvars[0].aval.shape)]


def _transpose(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    return [graph.transpose(values[0], equation.params["permutation"])]


def _concatenate(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    return [*graph.add("Concat", *values, axis=int(equation.params["dimension"]))]


def _stack(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    axis = int(equation.params["axis"])
    parts = [graph.add("Unsqueeze", value, graph.whole(axis))[0] for value in values]
    return [*graph.add("Concat", *parts, axis=axis)]


def _split(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    sizes = equation.params["sizes"]
    axis = int(equation.params["axis"])
    return [*graph.add("Split", values[0], graph.shape(sizes), outputs=len(sizes), axis=axis)]


def _slice(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    params, before = equation.params, equation.invars[0].aval.shape
    strides = params["strides"] or [1] * len(before)
    cut = [
        (axis, start, limit, stride)
        for axis, (start, limit, stride) in enumerate(
            zip(params["start_indices"], params["limit_indices"], strides, strict=True)
        )
        if (start, stride) != (0, 1) or limit != before[axis]
    ]
    if not cut:
        return values
    axes, starts, limits, steps = zip(*cut, strict=True)
    return [
        *graph.add("Slice", values[0], graph.shape(starts), graph.shape(limits), graph.whole(*axes), graph.shape(steps))
    ]


def _rev(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    axes = [int(axis) for axis in equation.params["dimensions"]]
    last, beyond, back = ([number] * len(axes) for number in (-1, np.iinfo(np.int64).min + 1, -1))
    return [*graph.add("Slice", values[0], *(graph.whole(*each) for each in (last, beyond, axes, back)))]


def _pad(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    x, filling = values
    low, high, inner = (np.array(each, int) for each in zip(*equation.params["padding_config"], strict=True))
    if inner.any() or (low < 0).any() or (high < 0).any():
        raise ModelError("its step pads between numbers or by less than none, which an ONNX graph of moregrad does not")
    return [x if not (low.any() or high.any()) else graph.add("Pad", x, graph.whole(*low, *high), filling)[0]]


def _reduce(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    axes = graph.whole(*map(int, equation.params["axes"]))
    return [*graph.add(REDUCTIONS[equation.primitive.name], values[0], axes, keepdims=0)]


def _argmax(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    operator = {"argmax": "ArgMax", "argmin": "ArgMin"}[equation.primitive.name]
    (axis,) = equation.params["axes"]
    return [graph.cast(graph.add(operator, values[0], axis=int(axis), keepdims=0)[0], np.int32)]


def _cumsum(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    axis = np.array(equation.params["axis"], np.int64)
    return [*graph.add("CumSum", values[0], axis, reverse=int(equation.params["reverse"]))]


def _iota(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    aval, axis = equation.outvars[0].aval, equation.params["dimension"]
    begin, step = (np.array(number, np.int64) for number in (0, 1))
    (end,) = graph.add("Squeeze", graph.size(aval.shape[axis]))
    (counted,) = graph.add("Range", begin, end, step)
    along = graph.reshape(counted, [size if each == axis else 1 for each, size in enumerate(aval.shape)])
    wanted = [1 if each == axis else size for each, size in enumerate(aval.shape)]
    return [graph.cast(graph.add("Expand", along, graph.shape(wanted))[0], kind_of(aval.dtype))]


def _dim_as_value(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    (size,) = graph.add("Squeeze", graph.size(equation.params["dim"]))
    return [graph.cast(size, np.int32)]


def _dot(graph: Graph, equation: Any, values: list[Value]) -> list[Value]:
    (left_sum, right_sum), (left_batch, right_batch) = equation.params["dimension_numbers"]
    ranks = [len(variable.aval.shape) for variable in equation.invars]
    if ranks[1] == 2 and not left_batch and (*left_sum, *right_sum) == (ranks[0] - 1, 0):
        return [*graph.add("MatMul", *values)]
    letters = iter("abcdefghijklmnopqrstuvwxyz")
    left = [next(letters) for _ in range(ranks[0])]
    right = [next(letters) for _ in range(ranks[1])]
    for mine, theirs in zip((*left_sum, *left_batch), (*right_sum, *right_batch), strict=True):
        right[theirs] = left[mine]
    result = [left[axis] for axis in left_batch]
    result += [letter for axis, letter in enumerate(left) if axis not in (*left_batch, *left_sum)]
    result += [letter for axis, letter in enumerate(right) if axis not in (*right_batch, *right_sum)]
    terms = f"{''.join(left)},{''.join(right)}->{''.join(result)}"
    return [*graph.add("Einsum", *values, equation=terms)]


OPERATORS: dict[str, Operator] = {
    **dict.fromkeys(SAME, _same),
    **dict.fromkeys(LOGIC, _logic),
    **dict.fromkeys(REDUCTIONS, _reduce),
    "argmax": _argmax,
    "argmin": _argmax,
    "broadcast_in_dim": _broadcast,
    "clamp": _clamp,
    "concatenate": _concatenate,
    "convert_element_type": _convert,
    "cumsum": _cumsum,
    "dim_as_value": _dim_as_value,
    "dot_general": _dot,
    "erfc": _erfc,
    "expand_dims": _reshaped,
    "gather": gather,
    "integer_pow": _integer_pow,
    "iota": _iota,
    "is_finite": _is_finite,
    "log1p": _log1p,
    "ne": _ne,
    "pad": _pad,
    "pow": _pow,
    "rem": _rem,
    "reshape": _reshape,
    "rev": _rev,
    "rsqrt": _rsqrt,
    "scatter": scatter,
    "select_n": _select,
    "slice": _slice,
    "split": _split,
    "square": _square,
    "squeeze": _reshaped,
    "stack": _stack,
    "transpose": _transpose,
}
