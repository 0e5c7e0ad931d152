"""Gradients that are Values and can be differentiated again."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from moregrad.errors import ScalarError
from moregrad.scalar import ops
from moregrad.scalar.graph import is_changed, list_numbers, order
from moregrad.scalar.ops import Op
from moregrad.scalar.value import Value

_ARITHMETIC = {ops.add, ops.subtract, ops.multiply, ops.negate, ops.relu}
"""Rows whose derivatives depend on their inputs alone."""

_then = Op("then", lambda x: x if x == x else 0.0, lambda x, out: (1.0,))
"""The row of a node for an earlier number of its input; that is assigned to it, and the input may be NaN by now."""


def gradient(output: Value, inputs: Sequence[Value]) -> list[Value]:
    """The derivative of `output` by each of `inputs`, as Values with a graph of their own.

    This is the sweep of `backward` carried out on Values instead of numbers: the partial derivatives in the table of
    operations are themselves written in operations, so they make nodes when they are given nodes. No `grad` changes.

        >>> x = Value(2.0)
        >>> (slope,) = gradient(x**3, [x])
        >>> (curvature,) = gradient(slope, [x])
        >>> slope.data, curvature.data
        (12.0, 12.0)

    As in `backward`, it is the derivative at the numbers from which `output` was computed, whatever has been assigned
    to `data` since; for that at new numbers compute `output` again.

    An input that `output` does not depend on has gradient 0. Raises ScalarError for a node made by hand, whose partial
    derivatives are plain numbers, and for an operation whose derivatives are others than when it was computed.
    """
    _require_value(output)
    for x in inputs:
        _require_value(x)
    nodes = _find_between(output, inputs)
    if not nodes or nodes[-1] is not output:
        return [Value(0.0) for _ in inputs]
    asked = {id(v) for v in nodes}
    arrived: dict[int, Any] = {id(output): 1.0}
    for v in reversed(nodes):
        if v.rule is None:
            continue
        for x, partial in zip(v.inputs, _list_partials(v, v.rule), strict=True):
            if id(x) in asked:
                share = _multiply(partial, arrived[id(v)])
                arrived[id(x)] = arrived[id(x)] + share if id(x) in arrived else share
    return [_to_value(arrived.get(id(x), 0.0)) for x in inputs]


def _require_value(x: object) -> None:
    if not isinstance(x, Value):
        raise ScalarError(f"gradient of or by {x!r}: it takes Values, not {type(x).__name__}")


def _list_partials(v: Value, rule: Op) -> tuple[Any, ...]:
    """The partial derivatives of `v` as Values or numbers, at the numbers it was computed from."""
    if rule in _ARITHMETIC and not is_changed(v):
        return rule.partials(*v.inputs, v)
    # Nodes made by hand have no numbers, but a rule that says so.
    inputs = [_recall(x, number) for x, number in zip(v.inputs, list_numbers(v), strict=False)]
    found = rule.partials(*inputs, v)
    if not _agree(found, v.partials):
        found = rule.partials(*inputs, _recall(v, rule.forward(*map(float, inputs))))
    if not _agree(found, v.partials):
        raise ScalarError(
            f"{rule.name} had the partial derivatives {v.partials} when {v!r} was computed, and has "
            f"{tuple(map(float, found))} now: compute it again"
        )
    return found


def _recall(x: Value, number: float) -> Value:
    """`x` with the number that it had then, and by which it can still be differentiated."""
    if x.data == number:
        return x
    recalled = _then(x)
    recalled.data = number
    return recalled


def _agree(found: Sequence[Any], stored: Sequence[float]) -> bool:
    return all(math.isclose(float(x), y, rel_tol=1e-9) for x, y in zip(found, stored, strict=True))


def _find_between(output: Value, inputs: Iterable[Value]) -> list[Value]:
    """The Values on a path from one of `inputs` to `output`, in order."""
    leading = {id(x) for x in inputs}
    found = []
    for v in order(output):
        if id(v) in leading or any(id(x) in leading for x in v.inputs):
            leading.add(id(v))
            found.append(v)
    return found


def _multiply(partial: Value | float, gradient: Value | float) -> Value | float:
    """The product, without a node for a factor of 1; a gradient of 0 stays 0 even if the derivative is infinite."""
    if not isinstance(partial, Value) and partial == 1.0:
        return gradient
    if not isinstance(gradient, Value) and gradient == 1.0:
        return partial
    return 0.0 if float(gradient) == 0 and math.isinf(partial) else partial * gradient


def _to_value(x: Value | float) -> Value:
    return x if isinstance(x, Value) else Value(x)
