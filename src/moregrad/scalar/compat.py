"""Nodes made by hand, as programs written for micrograd make them."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from moregrad.errors import ScalarError
from moregrad.scalar.ops import Op

if TYPE_CHECKING:
    from moregrad.scalar.value import Value


def row_by_hand(name: str) -> Op:
    """The row of a node whose partial derivatives are known for its own numbers alone."""

    def unknown(*_: object) -> Any:
        raise ScalarError(
            f"{name} was made by hand, for one backward pass; to replay it or differentiate it twice, write it as an Op"
        )

    return Op(name, unknown, unknown)


def partials_unknown(inputs: Sequence["Value"]) -> tuple[float, ...]:
    """What stands for them until a rule is assigned."""
    return (math.nan,) * len(inputs)


def partials_given(partials: Sequence[float], inputs: Sequence["Value"]) -> tuple[float, ...]:
    """The partial derivatives as they were given, one for each input."""
    given = tuple(map(float, partials))
    if len(given) != len(inputs) or any(map(math.isnan, given)):
        raise ScalarError(f"{len(inputs)} inputs and partial derivatives {given}: it takes a number for each input")
    return given


def partials_in(rule: Callable[[], None], out: "Value") -> tuple[float, ...]:
    """The partial derivatives that a rule in micrograd's manner has in it.

    It adds to the gradients of the inputs of `out` its own gradient times something, so it is asked for that, and then
    forgotten: kept, it would close a cycle, since it refers to the Value that it belongs to. What it does to any other
    Value is undone by nobody. Raises ScalarError for a rule that does anything but multiply.
    """
    if not out.inputs:
        raise ScalarError(f"_backward of {out!r}: it has no inputs to pass a gradient on to")
    once, twice = _answers(rule, out, 1.0), _answers(rule, out, 2.0)
    if twice != tuple(2.0 * x for x in once):
        raise ScalarError(
            f"_backward of {out!r}: it must pass on its gradient times a number, whatever the gradient is"
        )
    return once


def _answers(rule: Callable[[], None], out: "Value", gradient: float) -> tuple[float, ...]:
    """What the rule passes on to each input."""
    kept = [(v, v.grad) for v in (out, *out.inputs)]
    found = []
    try:
        for x in out.inputs:
            x.grad = 0.0
        out.grad = gradient
        rule()
        for x in out.inputs:
            found.append(x.grad)
            x.grad = 0.0  # What is an input twice has got the sum of both shares, which counts once.
    finally:
        for v, grad in kept:
            v.grad = grad
    return tuple(found)
