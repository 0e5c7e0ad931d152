"""Gradients that are Values themselves, so that they can be differentiated again."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from moregrad.errors import ScalarError
from moregrad.scalar.graph import order
from moregrad.scalar.value import Value


def gradient(output: Value, inputs: Sequence[Value]) -> list[Value]:
    """The derivative of `output` by each of `inputs`, as Values with a graph of their own.

    It is the sweep of `backward` carried out in Values instead of numbers: every partial derivative in the table of
    operations is written in operations, and so makes nodes when it is given nodes. No `grad` is touched.

        >>> x = Value(2.0)
        >>> (slope,) = gradient(x**3, [x])
        >>> (curvature,) = gradient(slope, [x])
        >>> slope.data, curvature.data
        (12.0, 12.0)

    An input that `output` does not depend on has gradient 0. Raises ScalarError for a node made by hand, whose partial
    derivatives are mere numbers.
    """
    _require_value(output)
    for x in inputs:
        _require_value(x)
    nodes = _between(output, inputs)
    if not nodes or nodes[-1] is not output:
        return [Value(0.0) for _ in inputs]
    asked = {id(v) for v in nodes}
    arrived: dict[int, Any] = {id(output): 1.0}
    for v in reversed(nodes):
        if v.rule is None:
            continue
        for x, partial in zip(v.inputs, v.rule.partials(*v.inputs, v), strict=True):
            if id(x) in asked:
                share = _times(partial, arrived[id(v)])
                arrived[id(x)] = arrived[id(x)] + share if id(x) in arrived else share
    return [_value(arrived.get(id(x), 0.0)) for x in inputs]


def _require_value(x: object) -> None:
    if not isinstance(x, Value):
        raise ScalarError(f"the gradient of or by {x!r}: it takes a Value, not {type(x).__name__}")


def _between(output: Value, inputs: Iterable[Value]) -> list[Value]:
    """The Values on a way from one of `inputs` to `output`, in order."""
    leading = {id(x) for x in inputs}
    found = []
    for v in order(output):
        if id(v) in leading or any(id(x) in leading for x in v.inputs):
            leading.add(id(v))
            found.append(v)
    return found


def _times(partial: Value | float, gradient: Value | float) -> Value | float:
    """Their product, without a node for a factor of 1; a gradient of 0 passes no infinite derivative."""
    if not isinstance(partial, Value) and partial == 1.0:
        return gradient
    if not isinstance(gradient, Value) and gradient == 1.0:
        return partial
    return 0.0 if gradient == 0 and math.isinf(partial) else partial * gradient


def _value(x: Value | float) -> Value:
    return x if isinstance(x, Value) else Value(x)
