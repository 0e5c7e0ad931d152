"""Running a cell along time: by automatic differentiation, and with a backward pass written by hand.

Gates have an axis of their own before that of units. In every cell `x` are the pre-activations that come from the
input, `h` those that come from the state before.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax
from jaxtyping import Array, Bool, Float

from moregrad.layers.linear import Linear

Gates = Float[Array, "*axes gates size"]
CellState = tuple[Float[Array, "*axes size"], ...]
Start = tuple[Float[Array, " size"], ...]
Unit = Callable[[Gates, Gates, CellState], CellState]


def restart(state: CellState, start: Start, fresh: Bool[Array, "*axes"]) -> CellState:
    """Replaces `state` by `start` where a word begins."""
    return tuple(jnp.where(fresh[..., None], new, old) for new, old in zip(start, state, strict=True))


def run_cell(
    cell: Callable[[Gates, CellState], CellState],
    x: Float[Array, "time batch gates size"],
    start: Start,
    fresh: Bool[Array, "time batch"],
) -> Float[Array, "time batch size"]:
    """Returns the outputs of any cell; the first time step must be `fresh` in every row."""

    def step(state: CellState, now: tuple[Array, Array]) -> tuple[CellState, Array]:
        x, fresh = now
        state = cell(x, restart(state, start, fresh))
        return state, state[0]

    return lax.scan(step, _repeat(start, fresh), (x, fresh))[1]


@partial(jax.custom_vjp, nondiff_argnums=(0,))
def run_units(
    unit: Unit,
    recurrent: Linear,
    x: Float[Array, "time batch gates size"],
    start: Start,
    fresh: Bool[Array, "time batch"],
) -> Float[Array, "time batch size"]:
    """Returns the outputs of a cell whose next state is `unit(x, recurrent(output), state)`, element by element.

    The first time step must be `fresh` in every row. The backward pass leaves only the recurrence itself to the loop:
    derivatives of the units are taken for all time steps at once before it, those of the weights after it.
    """
    return _forward(unit, recurrent, x, start, fresh)[0]


def _forward(unit: Unit, recurrent: Linear, x: Array, start: Start, fresh: Array) -> tuple[Array, Any]:
    def step(state: CellState, now: tuple[Array, Array]) -> tuple[CellState, tuple[CellState, Gates]]:
        x, fresh = now
        state = restart(state, start, fresh)
        h = recurrent(state[0]).reshape(x.shape)
        state = unit(x, h, state)
        return state, (state, h)

    states, h = lax.scan(step, _repeat(start, fresh), (x, fresh))[1]
    return states[0], (recurrent, x, start, fresh, states, h)


def _backward(unit: Unit, residuals: Any, cotangent: Float[Array, "time batch size"]) -> tuple[Any, ...]:
    recurrent, x, start, fresh, states, h = residuals
    before = restart(tuple(jnp.roll(state, 1, axis=0) for state in states), start, fresh)
    by_x, by_h, by_before = zip(*_derivatives(unit, x, h, before), strict=True)

    def step(state_bar: CellState, now: tuple[Any, Any, Array, Array]) -> tuple[CellState, Any]:
        by_h, by_before, fresh, cotangent = now
        state_bar = (state_bar[0] + cotangent, *state_bar[1:])
        h_bar = _pull(by_h, [each[..., None, :] for each in state_bar])
        before_bar = [_pull([by[i] for by in by_before], state_bar) for i in range(len(state_bar))]
        before_bar[0] += h_bar.reshape(len(cotangent), -1) @ recurrent.weight.T
        passed = tuple(jnp.where(fresh[..., None], 0, each) for each in before_bar)
        return passed, (state_bar, h_bar, tuple(before_bar))

    nothing = jax.tree.map(jnp.zeros_like, _repeat(start, fresh))
    _, bars = lax.scan(step, nothing, (by_h, by_before, fresh, cotangent), reverse=True)
    state_bar, h_bar, before_bar = bars
    recurrent_bar = jax.vjp(lambda linear: linear(before[0]), recurrent)[1](h_bar.reshape(*fresh.shape, -1))[0]
    x_bar = _pull(by_x, [each[..., None, :] for each in state_bar])
    start_bar = tuple(jnp.sum(each, axis=(0, 1), where=fresh[..., None]) for each in before_bar)
    return recurrent_bar, x_bar, start_bar, None


run_units.defvjp(_forward, _backward)


def _derivatives(unit: Unit, x: Gates, h: Gates, before: CellState) -> list[tuple[Gates, Gates, CellState]]:
    """Returns, for each array of the next state, its derivatives by the three arguments of `unit`."""
    _, pullback = jax.vjp(unit, x, h, before)
    return [pullback(tuple(jnp.full_like(y, i == j) for j, y in enumerate(before))) for i in range(len(before))]


def _pull(derivatives: Sequence[Array], cotangents: Sequence[Array]) -> Array:
    """Applies the chain rule element by element, summed over the arrays of the state."""
    first, *others = (by * cotangent for by, cotangent in zip(derivatives, cotangents, strict=True))
    return sum(others, first)


def _repeat(start: Start, fresh: Bool[Array, "time batch"]) -> CellState:
    """Repeats `start` for every row of the batch."""
    batch = fresh.shape[1]
    return tuple(jnp.broadcast_to(array, (batch, len(array))) for array in start)
