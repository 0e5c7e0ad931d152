"""Nodes made by hand, as programs written for micrograd make them."""

from collections.abc import Callable
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


def partials_in(rule: Callable[[], None], out: "Value") -> tuple[float, ...]:
    """The partial derivatives that a rule in micrograd's manner has in it.

    It adds to the gradients of the inputs what it makes of that of `out`, so it is asked once, with 1 there and 0 here,
    and then forgotten: kept, it would close a cycle, since it refers to the Value that it belongs to.
    """
    kept = [(v, v.grad) for v in (out, *out.inputs)]
    partials = []
    try:
        for x in out.inputs:
            x.grad = 0.0
        out.grad = 1.0
        rule()
        for x in out.inputs:
            partials.append(x.grad)
            x.grad = 0.0  # What is an input twice has got the sum of both shares, which counts once.
    finally:
        for v, grad in kept:
            v.grad = grad
    return tuple(partials)
