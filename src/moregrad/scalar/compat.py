"""Nodes made by hand, as in programs written for micrograd and microgpt."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from moregrad.errors import ScalarError
from moregrad.scalar.ops import Op

if TYPE_CHECKING:
    from moregrad.scalar.value import Value


def make_op(name: str) -> Op:
    """The row of a node whose partial derivatives are known only at its own numbers."""

    def unknown(*_: object) -> Any:
        raise ScalarError(
            f"{name} was made by hand, for one backward pass; to replay it or differentiate it twice, write it as an Op"
        )

    return Op(name, unknown, unknown)


def make_unknown_partials(inputs: Sequence["Value"]) -> tuple[float, ...]:
    """Placeholders for the partial derivatives until `_backward` is assigned."""
    return (math.nan,) * len(inputs)


def check_partials(partials: Sequence[float], inputs: Sequence["Value"]) -> tuple[float, ...]:
    """`partials` as floats; raises ScalarError unless there is a number for each input."""
    given = tuple(map(float, partials))
    if len(given) != len(inputs) or any(map(math.isnan, given)):
        raise ScalarError(f"{len(inputs)} inputs and partial derivatives {given}: give one number for each input")
    return given


def extract_partials(rule: Callable[[], None], out: "Value") -> tuple[float, ...]:
    """The partial derivatives contained in `rule`, a `_backward` function as micrograd has them.

    Such a rule adds the gradient of `out`, times a partial derivative, to the gradient of each input. It is run with
    gradients of 1 and 2 to read the factors off, and then dropped: it refers to `out`, so storing it there would close
    a reference cycle. Changes that it makes to other Values are not undone. Raises ScalarError for a rule that does
    anything but multiply.
    """
    if not out.inputs:
        raise ScalarError(f"_backward of {out!r}: it has no inputs to pass a gradient on to")
    once, twice = _probe(rule, out, 1.0), _probe(rule, out, 2.0)
    if twice != tuple(2.0 * x for x in once):
        raise ScalarError(
            f"_backward of {out!r}: it must pass on its gradient times a number, whatever the gradient is"
        )
    return once


def _probe(rule: Callable[[], None], out: "Value", gradient: float) -> tuple[float, ...]:
    """The amount that `rule` adds to the gradient of each input when the gradient of `out` is `gradient`."""
    kept = [(v, v.grad) for v in (out, *out.inputs)]
    found = []
    try:
        for x in out.inputs:
            x.grad = 0.0
        out.grad = gradient
        rule()
        for x in out.inputs:
            found.append(x.grad)
            x.grad = 0.0  # An input listed twice has the sum of both shares by now; count it once.
    finally:
        for v, grad in kept:
            v.grad = grad
    return tuple(found)


def pass_on(out: "Value") -> None:
    """Adds the gradient of `out`, times the partial derivatives, to the gradients of its inputs."""
    for x, partial in zip(out.inputs, out.partials, strict=True):
        x.grad += partial * out.grad
