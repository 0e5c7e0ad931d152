"""A recurrent cell run along time, with one backward pass through time."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import jax
from jax import lax
from jax.tree_util import Partial
from jaxtyping import Bool, Float

from moregrad.backprop.linear import linear
from moregrad.backprop.operation import Array, Pullback, namespace
from moregrad.backprop.units import Gates, State, Unit

Start = tuple[Float[Array, " size"], ...]


def recurrence(
    x: Float[Array, "time batch gates size"],
    start: Start,
    fresh: Bool[Array, "time batch"],
    *recurrent: Array,
    unit: Unit,
) -> tuple[Float[Array, "time batch size"], Pullback]:
    """Computes the outputs of a cell whose next state is `unit(x, linear(output before, *recurrent), state)`.

    Where `fresh`, the state before is `start`; so it must be in every row at the first time step. From the last time
    step to the first, with the unit's derivatives by its arguments:

    dstate = dy and what came from the next time step
    dx, dh = the unit's derivatives * dstate
    dbefore = the unit's derivative * dstate + dh @ weight.T, which goes on to the time step before unless `fresh`
    dstart = the sum of dbefore where `fresh`
    dweight = the sum over time of before.T @ dh        dbias = the sum of dh

    Only the recurrence itself is left to the loop: derivatives of the units are taken for all time steps at once
    before it, gradients of the weights after it.
    """

    def step(state: State, now: tuple[Array, Array]) -> tuple[State, tuple[State, Gates]]:
        x, fresh = now
        state = restart(state, start, fresh)
        h = linear(state[0], *recurrent)[0].reshape(x.shape)
        state, _ = unit(x, h, state)
        return state, (state, h)

    states, h = _scan(step, repeat(start, fresh), (x, fresh))
    return states[0], Partial(partial(_pull, unit), x, start, fresh, recurrent, states, h)


def _pull(
    unit: Unit, x: Array, start: Start, fresh: Array, recurrent: tuple[Array, ...], states: State, h: Array, dy: Array
) -> tuple[Any, ...]:
    xp, weight = namespace(x), recurrent[0]
    before = restart(tuple(xp.roll(state, 1, axis=0) for state in states), start, fresh)
    by_x, by_h, by_before = _derivatives(unit, x, h, before)

    def step(dstate: State, now: tuple[Any, Any, Array, Array]) -> tuple[State, Any]:
        by_h, by_before, fresh, dy = now
        dstate = (dstate[0] + dy, *dstate[1:])
        dh = _chain(by_h, [each[..., None, :] for each in dstate])
        dbefore = [_chain([by[i] for by in by_before], dstate) for i in range(len(dstate))]
        dbefore[0] = dbefore[0] + dh.reshape(len(dy), -1) @ weight.T
        passed = tuple(xp.where(fresh[..., None], 0, each) for each in dbefore)
        return passed, (dstate, dh, tuple(dbefore))

    nothing = jax.tree.map(xp.zeros_like, repeat(start, fresh))
    dstate, dh, dbefore = _scan(step, nothing, (by_h, by_before, fresh, dy), reverse=True)
    # Rows of the batch come first: where they are dealt among devices, each adds up its own and no row is moved.
    rows = (each.reshape(*fresh.shape, -1).swapaxes(0, 1) for each in (before[0], dh))
    _, *drecurrent = linear(next(rows), *recurrent)[1](next(rows))
    dx = _chain(by_x, [each[..., None, :] for each in dstate])
    dstart = tuple(xp.where(fresh[..., None], each, 0).sum((0, 1)) for each in dbefore)
    return dx, dstart, None, *drecurrent


def restart(state: State, start: Start, fresh: Bool[Array, "*axes"]) -> tuple[Any, ...]:
    """Replaces `state` by `start` where a word begins."""
    where = namespace(fresh).where
    return tuple(where(fresh[..., None], new, old) for new, old in zip(start, state, strict=True))


def repeat(start: Start, fresh: Bool[Array, "time batch"]) -> tuple[Any, ...]:
    """Repeats `start` for every row of the batch."""
    batch, xp = fresh.shape[1], namespace(fresh)
    return tuple(xp.broadcast_to(array, (batch, len(array))) for array in start)


def _derivatives(unit: Unit, x: Gates, h: Gates, before: State) -> tuple[Any, Any, Any]:
    """Returns derivatives by the three arguments of `unit`, in each a list over the arrays of the next state."""
    xp = namespace(x)
    _, pullback = unit(x, h, before)
    alone = [tuple(xp.full_like(y, i == j) for j, y in enumerate(before)) for i in range(len(before))]
    by_x, by_h, by_before = zip(*map(pullback, alone), strict=True)
    return by_x, by_h, by_before


def _chain(derivatives: Sequence[Array], gradients: Sequence[Array]) -> Array:
    """Applies the chain rule element by element, summed over the arrays of the state."""
    first, *others = (by * gradient for by, gradient in zip(derivatives, gradients, strict=True))
    return sum(others, first)


def _scan(step: Callable[[Any, Any], tuple[Any, Any]], carry: Any, inputs: Any, *, reverse: bool = False) -> Any:
    """Returns what `step` gives at every time step, in the order of time: `jax.lax.scan`, for NumPy's arrays too."""
    leaves, tree = jax.tree.flatten(inputs)
    if isinstance(leaves[0], jax.Array):
        return lax.scan(step, carry, inputs, reverse=reverse)[1]
    order = slice(None, None, -1 if reverse else 1)
    outputs = []
    for now in zip(*(leaf[order] for leaf in leaves), strict=True):
        carry, output = step(carry, jax.tree.unflatten(tree, now))
        outputs.append(output)
    return jax.tree.map(lambda *arrays: namespace(leaves[0]).stack(arrays), *outputs[order])
