"""Recurrence: a state that each token of a word changes."""

from typing import Self

import jax.numpy as jnp
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.layers.cells import Cell
from moregrad.layers.mixer import Mixer, State
from moregrad.layers.recurrence import Gates, Start, begun


class Recurrent(Mixer):
    """A cell run along time, from a learned `start` at every boundary; its input are the pre-activations."""

    cell: Cell
    start: Start

    @classmethod
    def of(cls, cell: Cell) -> Self:
        """Start states of zero."""
        return cls(cell, tuple(jnp.zeros(cell.size) for _ in range(cell.states)))

    def __call__(
        self, x: Float[Array, "batch time joined"], places: Int[Array, "batch time"], *, key: PRNGKeyArray | None = None
    ) -> Float[Array, "batch time out"]:
        outputs = self.cell.run(self._by_gate(jnp.swapaxes(x, 0, 1)), self.start, places.T == 0)
        return jnp.swapaxes(outputs, 0, 1)

    def begin(self, batch: int) -> State:
        return tuple(jnp.broadcast_to(start, (batch, len(start))) for start in self.start)

    def advance(
        self, state: State, x: Float[Array, "batch joined"], places: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch out"], State]:
        state = self.cell(self._by_gate(x), begun(state, self.start, places == 0))
        return state[0], state

    def _by_gate(self, x: Float[Array, "*axes joined"]) -> Gates:
        return x.reshape(*x.shape[:-1], self.cell.gates, self.cell.size)
