"""Gradients of backward compared with central differences."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from moregrad.errors import ScalarError
from moregrad.scalar.value import Value

STEP = 6e-6
"""The cube root of float64's rounding error, at which the errors of truncation and of rounding are about equal."""


class GradientCheck(NamedTuple):
    """The result of `check_gradient`, at the input where backward and the differences disagree most."""

    worst: int  # the index of the input
    value: float  # of that input
    backward: float  # the derivative by backward
    numeric: float  # the derivative by central differences
    error: float  # the difference of the two, relative to the larger of them, or to 1 if both are smaller
    tolerance: float

    @property
    def ok(self) -> bool:
        """True if every input is within tolerance."""
        return self.error <= self.tolerance

    def __str__(self) -> str:
        return (
            f"{'ok' if self.ok else 'wrong'}: at input {self.worst} ({self.value:g}) backward gives "
            f"{self.backward:.8g}, central differences {self.numeric:.8g}; "
            f"error {self.error:.2g}"
        )


def check_gradient(
    f: Callable[..., Value], inputs: Sequence[float | Value], *, step: float = STEP, tolerance: float = 1e-6
) -> GradientCheck:
    """Compares the gradient of `f(*inputs)` by backward with central differences and reports the worst input.

        >>> print(check_gradient(lambda x, y: (x * y).tanh(), [0.5, -1.0]))
        ok: at input ...

    For inputs greater than 1, `step` is relative to the input. A function with a kink within a step of an input is
    reported as wrong there. Raises ScalarError for no inputs and for a function that does not return a Value.
    """
    numbers = [float(x) for x in inputs]
    if not numbers:
        raise ScalarError("check_gradient without inputs: give at least one number")
    values = [Value(x) for x in numbers]
    output = f(*values)
    if not isinstance(output, Value):
        raise ScalarError(f"the function returned {output!r}: it must return a Value made from its inputs")
    output.backward()
    checks = [
        _compare(i, x, v.grad, _central_difference(f, numbers, i, step * max(1.0, abs(x))), tolerance)
        for i, (x, v) in enumerate(zip(numbers, values, strict=True))
    ]
    return max(checks, key=lambda check: check.error)


def _central_difference(f: Callable[..., Value], numbers: Sequence[float], index: int, step: float) -> float:
    above, below = (
        f(*(Value(x + shift if i == index else x) for i, x in enumerate(numbers))).data for shift in (step, -step)
    )
    return (above - below) / (2 * step)


def _compare(index: int, value: float, backward: float, numeric: float, tolerance: float) -> GradientCheck:
    finite = math.isfinite(backward) and math.isfinite(numeric)
    error = abs(backward - numeric) / max(1.0, abs(backward), abs(numeric)) if finite else math.inf
    return GradientCheck(index, value, backward, numeric, error, tolerance)
