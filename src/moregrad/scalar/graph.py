"""The order in which a graph was computed, and the backward sweep over it.

Why an order is needed: a Value may be used more than once, and must not pass its gradient on before it is complete.
With b = a + a and c = b + b, so that dc/da = 4, a sweep that went down one branch at a time would pass b's first share
on to a, then both shares, and arrive at 6. In the order of computation b comes after a and before c, so in reverse each
Value has received the shares of all its users when its turn comes:

    >>> from moregrad.scalar import Value
    >>> a = Value(1.0)
    >>> b = a + a
    >>> c = b + b
    >>> c.backward()
    >>> a.grad
    4.0

Nothing here is recursive, so the depth of a graph has no limit.
"""

from typing import TYPE_CHECKING, Any

from moregrad.errors import ScalarError
from moregrad.scalar import ops

if TYPE_CHECKING:
    from moregrad.scalar.value import Value

_mark = 0
_LAST = 2**31 - 4


def order(root: "Value") -> list["Value"]:
    """All Values that `root` was computed from, each after its inputs; `root` is the last."""
    global _mark
    _refuse_none(root)
    _mark = _mark + 2 if _mark < _LAST else 2
    entered, done = _mark, _mark + 1
    ordered = []
    waiting = [root]
    while waiting:
        v = waiting.pop()
        if v._mark == done:
            continue
        if v._mark == entered:
            v._mark = done
            ordered.append(v)
            continue
        v._mark = entered
        waiting.append(v)
        if v._first is not None:
            if v._first._mark != done:
                waiting.append(v._first)
            if v._second is not None:
                if v._second._mark != done:
                    waiting.append(v._second)
                if v._rest is not None:
                    waiting.extend(v._rest[0])
    return ordered


def backward(root: "Value") -> None:
    """Adds the derivative of `root` by every leaf it was computed from to that leaf's `grad`.

    Called again, on the same root or on another that shares nodes with it, leaves accumulate, as they must for the
    gradient of a sum of losses. All other nodes start from 0 each time, so that nothing is passed on twice:

        >>> from moregrad.scalar import Value
        >>> a = Value(3.0)
        >>> square = a * a
        >>> loss = square * 2
        >>> loss.backward()
        >>> a.grad, square.grad
        (12.0, 2.0)
        >>> loss.backward()
        >>> a.grad, square.grad
        (24.0, 2.0)

    In micrograd the second call would leave 36 in `a`, since its nodes keep their gradients and pass on the sum. To
    start over, call `zero_grad` first.

    The derivative is that at the numbers from which `root` was computed. A number assigned to `data` since, as by a
    step of gradient descent, takes part once `root` is computed again. `gradient` and programs have the same rule.

    A gradient of 0 is not passed on, so an infinite derivative (of sqrt at 0) does no harm where nothing depends on it.
    Raises ScalarError where a gradient is not a number.
    """
    nodes = order(root)
    for v in nodes:
        v.reached = True
        if v._first is not None:
            v.grad = 0.0
            if v._partial1 != v._partial1:
                raise ScalarError(
                    f"{v.op} was made by hand: assign its _backward, or make it with its partial derivatives"
                )
    if root._first is None:
        root.grad += 1.0
    else:
        root.grad = 1.0
    for v in reversed(nodes):
        gradient = v.grad
        if gradient != gradient:
            raise ScalarError(f"the gradient of {v!r} is not a number: infinite derivatives met 0 or each other")
        if v._first is None or gradient == 0.0:
            continue
        v._first.grad += v._partial1 * gradient
        if v._second is not None:
            v._second.grad += v._partial2 * gradient
            if v._rest is not None:
                _pass_on(v._rest, gradient)


def _pass_on(rest: tuple[Any, ...], gradient: float) -> None:
    for x, partial in zip(rest[0], rest[1], strict=True):
        x.grad += partial * gradient


def zero_grad(root: "Value") -> None:
    """Sets the gradient of `root` and of everything it was computed from to 0, as if backward had never been called."""
    for v in order(root):
        v.grad = 0.0
        v.reached = False


def list_inputs(v: "Value") -> tuple["Value", ...]:
    """The Values that `v` was made from, in order; () for a leaf."""
    _refuse_none(v)
    if v._first is None:
        return ()
    if v._second is None:
        return (v._first,)
    return (v._first, v._second) if v._rest is None else (v._first, v._second, *v._rest[0])


def list_numbers(v: "Value") -> tuple[float, ...]:
    """The numbers of the inputs of `v` when it was computed; those of now where no derivative depends on them."""
    _refuse_none(v)
    if v._first is None or v.rule is ops.add or v.rule is ops.subtract:
        return tuple([x.data for x in v.inputs])
    if v.rule is ops.multiply:
        return v._partial2, v._partial1
    if v._rest is not None:
        return v._rest[2]
    if v._second is None:
        return (v._number,)
    return v._first.data, v._number  # A quotient, of whose derivatives none depends on the dividend.


def is_changed(v: "Value") -> bool:
    """Tells whether an input of `v` has another number than when `v` was computed, on which a derivative depends."""
    _refuse_none(v)
    if v._first is None or v.rule is ops.add or v.rule is ops.subtract:
        return False
    if v.rule is ops.multiply and v._second is not None:
        return v._first.data != v._partial2 or v._second.data != v._partial1
    numbers = list_numbers(v)
    return tuple([x.data for x in list_inputs(v)[: len(numbers)]]) != numbers


def _refuse_none(v: object) -> None:
    """Compiled code takes None for a Value and would read its memory."""
    if v is None:
        raise ScalarError("the graph of None: give a Value; did a function forget to return one?")
