"""Running along time: by automatic differentiation, and with the backward pass written by hand."""

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax
from jaxtyping import Array, Bool, Float

from moregrad.layers.linear import Linear

Gates = Float[Array, "*axes gates size"]
State = tuple[Float[Array, "*axes size"], ...]
Start = tuple[Float[Array, " size"], ...]
Unit = Callable[[Gates, Gates, State], State]


def begun(state: State, start: Start, fresh: Bool[Array, "*axes"]) -> State:
    """`state`, but `start` where a word begins afresh."""
    return tuple(jnp.where(fresh[..., None], new, old) for new, old in zip(start, state, strict=True))


def run_cell(
    cell: Callable[[Gates, State], State],
    inward: Float[Array, "time batch gates size"],
    start: Start,
    fresh: Bool[Array, "time batch"],
) -> Float[Array, "time batch size"]:
    """The outputs of any cell; the first time must be `fresh` in every row."""

    def step(state: State, now: tuple[Array, Array]) -> tuple[State, Array]:
        state = cell(now[0], begun(state, start, now[1]))
        return state, state[0]

    return lax.scan(step, _still(start, fresh), (inward, fresh))[1]


@partial(jax.custom_vjp, nondiff_argnums=(0,))
def run_units(
    unit: Unit,
    across: Linear,
    inward: Float[Array, "time batch gates size"],
    start: Start,
    fresh: Bool[Array, "time batch"],
) -> Float[Array, "time batch size"]:
    """The outputs of a cell whose next state is `unit(inward, across(output), state)`, each unit by itself.

    The first time must be `fresh` in every row.

    Its gradient leaves to the loop only what must be there: the slopes of the units are found for all times at once
    beforehand, those of the weights afterwards.
    """
    return _forward(unit, across, inward, start, fresh)[0]


def _forward(unit: Unit, across: Linear, inward: Array, start: Start, fresh: Array) -> tuple[Array, Any]:
    def step(state: State, now: tuple[Array, Array]) -> tuple[State, tuple[State, Gates]]:
        state = begun(state, start, now[1])
        heard = across(state[0]).reshape(now[0].shape)
        state = unit(now[0], heard, state)
        return state, (state, heard)

    states, heard = lax.scan(step, _still(start, fresh), (inward, fresh))[1]
    return states[0], (across, inward, start, fresh, states, heard)


def _backward(unit: Unit, known: Any, slope: Float[Array, "time batch size"]) -> tuple[Any, ...]:
    across, inward, start, fresh, states, heard = known
    before = begun(tuple(jnp.roll(state, 1, axis=0) for state in states), start, fresh)
    pulls = _unit_slopes(unit, inward, heard, before)

    def step(slopes: State, now: tuple[Any, Array, Array]) -> tuple[State, Any]:
        pulls, fresh, slope = now
        slopes = (slopes[0] + slope, *slopes[1:])
        to_heard = _pulled([pull[0] for pull in pulls], [each[..., None, :] for each in slopes])
        to_before = [_pulled([pull[1][i] for pull in pulls], slopes) for i in range(len(slopes))]
        to_before[0] += to_heard.reshape(len(slope), -1) @ across.weight.T
        passed = tuple(jnp.where(fresh[..., None], 0, each) for each in to_before)
        return passed, (slopes, to_heard, tuple(to_before))

    inner = [pull[1:] for pull in pulls]
    _, (slopes, to_heard, to_before) = lax.scan(step, _still(start, fresh, 0), (inner, fresh, slope), reverse=True)
    to_across = jax.vjp(lambda linear: linear(before[0]), across)[1](to_heard.reshape(*fresh.shape, -1))[0]
    to_inward = _pulled([pull[0] for pull in pulls], [each[..., None, :] for each in slopes])
    to_start = tuple(jnp.sum(each, axis=(0, 1), where=fresh[..., None]) for each in to_before)
    return to_across, to_inward, to_start, None


run_units.defvjp(_forward, _backward)


def _unit_slopes(unit: Unit, inward: Gates, heard: Gates, before: State) -> list[tuple[Gates, Gates, State]]:
    """For each array of the next state its slopes by all that `unit` is given."""
    _, pull = jax.vjp(unit, inward, heard, before)
    return [pull(tuple(jnp.full_like(x, i == j) for j, x in enumerate(before))) for i in range(len(before))]


def _pulled(pulls: list[Array], slopes: list[Array] | State) -> Array:
    """The chain rule for units: products, summed over the arrays of the state."""
    first, *others = (pull * slope for pull, slope in zip(pulls, slopes, strict=True))
    return sum(others, first)


def _still(start: Start, fresh: Bool[Array, "time batch"], value: float | None = None) -> State:
    """`start`, or `value` in its place, for every row of the batch."""
    batch = fresh.shape[1]
    return tuple(jnp.broadcast_to(array if value is None else value, (batch, len(array))) for array in start)
