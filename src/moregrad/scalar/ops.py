"""The table of operations: one row each, with a name, a forward rule and the partial derivatives.

A row is written once and serves three purposes. Given numbers, it returns a number (`tanh(0.5)`). Given Values, it
makes the node that backward sweeps. And since the partial derivatives are themselves written in operations, given
Values they make the graph of the gradient, which can be differentiated again.

A new operation is one more row, here or in a program of your own:

    >>> from moregrad.scalar import Op, Value
    >>> cube = Op("cube", lambda x: x * x * x, lambda x, out: (3 * x * x,))
    >>> x = Value(2.0)
    >>> cube(x).backward()
    >>> x.grad
    12.0

Partial derivatives at a kink follow PyTorch and JAX: 0 for abs and relu at 0; maximum and minimum share the gradient
equally among equal inputs.
"""

import math
import sys
from collections.abc import Callable
from functools import lru_cache
from numbers import Real
from typing import Any

from moregrad.errors import ScalarError

INFINITY = math.inf
FINITE = "finite numbers"
_LARGEST = sys.float_info.max


class Op:
    """An operation: one row of the table.

    `forward(*inputs)` takes floats and returns a float; it raises ValueError or ArithmeticError where it is not
    defined. `partials(*inputs, out)` returns a tuple with the derivative of `out` by each input; `gradient` calls it
    with Values, of which `<` compares numbers and `==` does not, so write `float(x) == 0`. `domain` describes the
    inputs that are allowed, for error messages.
    """

    __slots__ = ("domain", "forward", "name", "partials")

    def __init__(
        self,
        name: str,
        forward: Callable[..., float],
        partials: Callable[..., tuple[Any, ...]],
        domain: str = "",
    ) -> None:
        self.name = name
        self.forward = forward
        self.partials = partials
        self.domain = domain

    def __call__(self, *inputs: Any) -> Any:
        """A Value if any input is one, else a number."""
        if not inputs:
            raise ScalarError(f"{self.name} of nothing: give {self.domain or 'at least one number'}")
        plain = True
        for x in inputs:
            if type(x) is float or type(x) is int:
                continue
            applied = getattr(x, "_apply_op", None)
            if applied is not None:
                return applied(self, inputs)
            plain = False
        return self.forward(*(inputs if plain else [_to_number(x, self) for x in inputs]))

    def __repr__(self) -> str:
        return f"Op({self.name!r})"


def _to_number(x: Any, op: Op) -> Any:
    """`x` as a number that Python knows; raises ScalarError for lists, arrays and strings."""
    if isinstance(x, Real):
        return x
    if hasattr(x, "__float__") and getattr(x, "shape", ()) == ():
        return float(x)
    advice = "; unpack it with *, or take its numbers one by one" if hasattr(x, "__iter__") else ""
    raise ScalarError(
        f"{x!r:.60} as an input of {op.name}: it must be a Value or a number, not {type(x).__name__}{advice}"
    )


# Arithmetic

add = Op("+", lambda x, y: x + y, lambda x, y, out: (1.0, 1.0), FINITE)
subtract = Op("-", lambda x, y: x - y, lambda x, y, out: (1.0, -1.0), FINITE)
multiply = Op("*", lambda x, y: x * y, lambda x, y, out: (y, x), FINITE)
divide = Op(
    "/",
    lambda x, y: x / y,
    lambda x, y, out: (1.0 / y, -out / y),
    "a divisor other than 0 and at most one infinite number",
)
negate = Op("neg", lambda x: -x, lambda x, out: (-1.0,))
absolute = Op("abs", math.fabs, lambda x, out: (1.0 if x > 0 else -1.0 if x < 0 else 0.0,))


def _power(x: float, y: float) -> float:
    try:
        return math.pow(x, y)
    except OverflowError:
        return -INFINITY if x < 0 and y % 2 == 1 else INFINITY


def _power_partials(x: Any, y: Any, out: Any) -> tuple[Any, Any]:
    if float(x) == 0:
        return (1.0 if float(y) == 1 else 0.0 if float(y) == 0 else INFINITY if y < 1 else y * power(x, y - 1.0)), 0.0
    return y * power(x, y - 1.0), out * log(x)


power = Op(
    "**", _power, _power_partials, "a finite base above 0 and a finite exponent; a plain number as exponent allows more"
)


@lru_cache(256)
def power_of(exponent: float) -> Op:
    """The row for a power with a constant exponent."""

    def partials(x: Any, out: Any) -> tuple[Any]:
        if exponent == 0:
            return (0.0,)
        if float(x) == 0 and exponent < 1:
            return (INFINITY,)
        return (exponent * power_of(exponent - 1)(x),)

    domain = "a finite exponent, whole where the base is negative, from 0 on where the base is 0"
    return Op(f"**{exponent:g}", lambda x: _power(x, exponent), partials, domain)


# Exponentials


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return INFINITY


exp = Op("exp", _exp, lambda x, out: (out,))
log = Op("log", lambda x: math.log(x), lambda x, out: (1.0 / x,), "numbers above 0")
sqrt = Op("sqrt", math.sqrt, lambda x, out: (0.5 / out if out > 0 else INFINITY,), "numbers from 0 on")


def _logsumexp(*xs: float) -> float:
    largest = max(xs)
    return largest + math.log(sum(math.exp(x - largest) for x in xs))


def _logsumexp_partials(*inputs: Any) -> tuple[Any, ...]:
    *xs, out = inputs
    return tuple(exp(x - out) for x in xs)


logsumexp = Op("logsumexp", _logsumexp, _logsumexp_partials, "numbers below inf, not all of them -inf")

# Trigonometry

sin = Op("sin", math.sin, lambda x, out: (cos(x),), FINITE)
cos = Op("cos", math.cos, lambda x, out: (-sin(x),), FINITE)

# Activations; none overflows, however large its input


def _sigmoid(x: float) -> float:
    small = math.exp(-abs(x))
    return 1.0 / (1.0 + small) if x >= 0 else small / (1.0 + small)


tanh = Op("tanh", math.tanh, lambda x, out: (1.0 - out * out,))
sigmoid = Op("sigmoid", _sigmoid, lambda x, out: (out * (1.0 - out),))
relu = Op("ReLU", lambda x: x if x > 0 else 0.0, lambda x, out: (1.0 if x > 0 else 0.0,))
softplus = Op("softplus", lambda x: max(x, 0.0) + math.log1p(math.exp(-abs(x))), lambda x, out: (sigmoid(x),))
erfc = Op("erfc", math.erfc, lambda x, out: (-2.0 / math.sqrt(math.pi) * exp(-x * x),))


def _gelu_partials(x: Any, out: Any) -> tuple[Any]:
    return (0.5 * erfc(-x * math.sqrt(0.5)) + x * exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi),)


gelu = Op("gelu", lambda x: 0.5 * x * math.erfc(-x * math.sqrt(0.5)), _gelu_partials, FINITE)
"""Hendrycks and Gimpel 2016, exact: x times the normal distribution function at x."""


@lru_cache(256)
def leaky_relu_of(slope: float) -> Op:
    """The row for leaky ReLU with that slope."""
    return Op("leaky ReLU", lambda x: x if x > 0 else slope * x, lambda x, out: (1.0 if x > 0 else slope,), FINITE)


def leaky_relu(x: Any, slope: float = 0.01) -> Any:
    """x where it is positive, elsewhere x times `slope`, a plain number."""
    if not isinstance(slope, Real) or not -_LARGEST <= slope <= _LARGEST:
        raise ScalarError(
            f"leaky ReLU with slope {slope!r}: give a plain, finite number; "
            "to learn it, write relu(x) - slope * relu(-x)"
        )
    return leaky_relu_of(float(slope))(x)


# Operations on any number of inputs


def _share_partials(*inputs: Any) -> tuple[float, ...]:
    *xs, out = map(float, inputs)
    share = 1.0 / (xs.count(out) or 1)
    return tuple(share if x == out else 0.0 for x in xs)


maximum = Op("max", lambda *xs: max(xs), _share_partials, "at least one number")
minimum = Op("min", lambda *xs: min(xs), _share_partials, "at least one number")
