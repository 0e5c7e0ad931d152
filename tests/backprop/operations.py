"""Arguments for every operation of moregrad.backprop, of shapes that Hypothesis draws.

An operation that is missing here fails test_operation.py, which takes its names from the public ones.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st

from moregrad import backprop

Draw = Callable[..., Any]
Arguments = tuple[tuple[Any, ...], dict[str, Any]]

NOT_OPERATIONS = {"Comparison", "compare", "differentiable"}
OPERATIONS = sorted(set(dir(backprop)) - NOT_OPERATIONS)

UNITS = [(backprop.tanh_unit, 1, 1), (backprop.gru_unit, 3, 1), (backprop.lstm_unit, 4, 2)]
"""Units, their gates and the arrays of their states."""

SIZES = st.integers(1, 4)
AXES = st.lists(SIZES, max_size=2)


class Numbers:
    """Arrays of standard normal numbers, of a seed and in float64."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)

    def __call__(self, *shape: int) -> np.ndarray:
        return self._random.standard_normal(shape)

    def integers(self, below: int, *shape: int) -> np.ndarray:
        return self._random.integers(below, size=shape)


def _linear(draw: Draw, n: Numbers) -> Arguments:
    axes, size, out = draw(AXES), draw(SIZES), draw(SIZES)
    return (n(*axes, size), n(size, out), *([n(out)] if draw(st.booleans()) else [])), {}


def _transposed_linear(draw: Draw, n: Numbers) -> Arguments:
    (x, weight, *bias), settings = _linear(draw, n)
    return (x, weight.T, *bias), settings


def _embedding(draw: Draw, n: Numbers) -> Arguments:
    vocab = draw(SIZES)
    return (n.integers(vocab, *draw(AXES)), n(vocab, draw(SIZES))), {}


def _elementwise(draw: Draw, n: Numbers) -> Arguments:
    return (n(*draw(AXES), draw(SIZES)),), {}


def _flatten(draw: Draw, n: Numbers) -> Arguments:
    count = draw(SIZES)
    return (n(*draw(AXES), count * draw(SIZES), draw(SIZES)),), {"count": count}


def _layernorm(draw: Draw, n: Numbers) -> Arguments:
    size = draw(st.integers(2, 5))
    return (n(*draw(AXES), size), n(size), n(size)), {}


def _batchnorm(draw: Draw, n: Numbers) -> Arguments:
    size = draw(SIZES)
    # Two rows have the normal values -a and a whatever they are: the gradient is nothing but rounding.
    return (n(draw(st.integers(3, 6)), *draw(AXES), size), n(size), n(size)), {"correction": draw(st.integers(0, 1))}


def _cross_entropy(draw: Draw, n: Numbers) -> Arguments:
    axes, vocab = draw(AXES), draw(SIZES)
    return (n(*axes, vocab), n.integers(vocab, *axes)), {}


def _unit(gates: int, states: int) -> Callable[[Draw, Numbers], Arguments]:
    def arguments(draw: Draw, n: Numbers) -> Arguments:
        axes, size = draw(AXES), draw(SIZES)
        state = tuple(n(*axes, size) for _ in range(states))
        return (n(*axes, gates, size), n(*axes, gates, size), state), {}

    return arguments


def _cell(gates: int, states: int, biases: int) -> Callable[[Draw, Numbers], Arguments]:
    def arguments(draw: Draw, n: Numbers) -> Arguments:
        batch, inputs, size = draw(SIZES), draw(SIZES), draw(SIZES)
        state = [n(batch, size) for _ in range(states)]
        weights = n(inputs, gates * size), n(size, gates * size), *(n(gates * size) for _ in range(biases))
        return (n(batch, inputs), *state, *weights), {}

    return arguments


def _recurrence(draw: Draw, n: Numbers) -> Arguments:
    time, batch, size = draw(SIZES), draw(SIZES), draw(SIZES)
    unit, gates, states = draw(st.sampled_from(UNITS))
    fresh = n.integers(2, time, batch).astype(bool) | (np.arange(time) == 0)[:, None]
    weights = [n(size, gates * size), n(gates * size)][: draw(st.integers(1, 2))]
    start = tuple(n(size) for _ in range(states))
    return (n(time, batch, gates, size), start, fresh, *weights), {"unit": unit}


def _attention(draw: Draw, n: Numbers) -> Arguments:
    heads = draw(SIZES)
    size = heads * draw(SIZES)
    x = n(draw(SIZES), draw(SIZES), size)
    return (x, n(size, 3 * size), n(3 * size), n(size, size), n(size)), {"heads": heads}


ARGUMENTS: dict[str, Callable[[Draw, Numbers], Arguments]] = {
    "attention": _attention,
    "batchnorm": _batchnorm,
    "batchnorm_stepwise": _batchnorm,
    "cross_entropy": _cross_entropy,
    "cross_entropy_stepwise": _cross_entropy,
    "embedding": _embedding,
    "flatten_consecutive": _flatten,
    "gru_cell": _cell(3, 1, 2),
    "gru_unit": _unit(3, 1),
    "layernorm": _layernorm,
    "linear": _linear,
    "lstm_cell": _cell(4, 2, 1),
    "lstm_unit": _unit(4, 2),
    "recurrence": _recurrence,
    "softmax": _elementwise,
    "tanh": _elementwise,
    "tanh_cell": _cell(1, 1, 1),
    "tanh_unit": _unit(1, 1),
    "transposed_linear": _transposed_linear,
}


@st.composite
def arguments(draw: Draw, name: str) -> Arguments:
    """The arguments of the operation `name`, by position and by keyword."""
    return ARGUMENTS[name](draw, Numbers(draw(st.integers(0, 2**32 - 1))))
