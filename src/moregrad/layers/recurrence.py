"""Running any cell along time by automatic differentiation.

Gates have an axis of their own before that of units. In every cell `x` are the pre-activations that come from the
input.
"""

from collections.abc import Callable

from jax import lax
from jaxtyping import Array, Bool, Float

from moregrad.backprop.recurrence import repeat, restart

Gates = Float[Array, "*axes gates size"]
CellState = tuple[Float[Array, "*axes size"], ...]
Start = tuple[Float[Array, " size"], ...]


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

    return lax.scan(step, repeat(start, fresh), (x, fresh))[1]
