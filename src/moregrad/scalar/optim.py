"""Optimizers: SGD, then Adam. Compiled where there is a C compiler, as value.py is."""

import sys
from array import array
from collections.abc import Iterable, Sequence
from numbers import Real

from moregrad.errors import ScalarError
from moregrad.scalar.value import Value

_LARGEST, _MOST = sys.float_info.max, 2**31 - 1


class Optimizer:
    """The base class of optimizers; `learning_rate` may be changed between steps."""

    def __init__(self, parameters: Iterable[Value], learning_rate: float) -> None:
        self._parameters = _check_values(parameters)
        self.learning_rate = _check_number(learning_rate, "learning_rate")

    @property
    def parameters(self) -> tuple[Value, ...]:
        """The parameters that are updated."""
        return self._parameters

    def zero_grad(self) -> None:
        """Sets the gradient of every parameter to 0."""
        for i in range(len(self._parameters)):
            p = self._parameters[i]
            p.grad = 0.0


class SGD(Optimizer):
    """Stochastic gradient descent: each step subtracts `learning_rate` times the gradient from every parameter.

    With `momentum`, the gradient is replaced by its running sum, which decays by that factor at each step.
    """

    def __init__(self, parameters: Iterable[Value], learning_rate: float, *, momentum: float = 0.0) -> None:
        super().__init__(parameters, learning_rate)
        self.momentum = _check_number(momentum, "momentum")
        self._velocity = _make_zeros(len(self._parameters))

    def step(self) -> None:
        """Updates the parameters by their gradients."""
        velocity = self._velocity
        _require_one_each(self._parameters, len(velocity))
        for i in range(len(self._parameters)):
            p = self._parameters[i]
            velocity[i] = self.momentum * velocity[i] + p.grad
            p.data -= self.learning_rate * velocity[i]


class Adam(Optimizer):
    """Adam (Kingma and Ba 2014): steps of about `learning_rate`, however large the gradient.

    `betas` are the decay rates of the running means of the gradient and of its square. Raises ScalarError unless both
    are from 0 to below 1.
    """

    def __init__(
        self,
        parameters: Iterable[Value],
        learning_rate: float = 1e-3,
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        epsilon: float = 1e-8,
    ) -> None:
        super().__init__(parameters, learning_rate)
        self.betas = _check_betas(betas)
        self.epsilon = _check_number(epsilon, "epsilon")
        self.steps = 0
        self._mean = _make_zeros(len(self._parameters))
        self._square = _make_zeros(len(self._parameters))

    def step(self) -> None:
        """Updates the parameters by their gradients."""
        mean, square = self._mean, self._square
        _require_one_each(self._parameters, len(mean))
        _require_one_each(self._parameters, len(square))
        if not 0 <= self.steps < _MOST:
            raise ScalarError(f"{self.steps} steps of Adam so far: give a whole number from 0 on")
        self.steps += 1
        keep_mean, keep_square = self.betas
        full_mean, full_square = 1 - keep_mean**self.steps, 1 - keep_square**self.steps
        for i in range(len(self._parameters)):
            p = self._parameters[i]
            mean[i] = keep_mean * mean[i] + (1 - keep_mean) * p.grad
            square[i] = keep_square * square[i] + (1 - keep_square) * p.grad * p.grad
            p.data -= self.learning_rate * (mean[i] / full_mean) / ((square[i] / full_square) ** 0.5 + self.epsilon)


def _check_values(parameters: Iterable[Value]) -> tuple[Value, ...]:
    if not isinstance(parameters, Iterable):
        raise ScalarError(f"parameters {parameters!r}: an optimizer takes a list of Values, such as model.parameters()")
    values = tuple(parameters)
    for p in values:
        if not isinstance(p, Value):
            raise ScalarError(f"{p!r} among the parameters: an optimizer takes Values, such as model.parameters()")
    return values


def _check_number(given: float, name: str) -> float:
    if isinstance(given, Real) and -_LARGEST <= given <= _LARGEST:
        return float(given)
    raise ScalarError(f"{name} {given!r}: give a finite number")


def _check_betas(betas: Sequence[float]) -> tuple[float, float]:
    pair = tuple(betas) if isinstance(betas, Iterable) else ()
    if len(pair) != 2 or not all(isinstance(beta, Real) and 0 <= beta < 1 for beta in pair):
        raise ScalarError(f"betas {betas}: give two numbers, each at least 0 and below 1")
    return float(pair[0]), float(pair[1])


def _require_one_each(parameters: tuple[Value, ...], numbers: int) -> None:
    """Raises ScalarError where parameters were exchanged by a constructor that does not know of these `numbers`."""
    if len(parameters) != numbers:
        raise ScalarError(f"{len(parameters)} parameters, but numbers kept for {numbers}: make a new optimizer")


def _make_zeros(count: int) -> array:
    return array("d", bytes(8 * count))
