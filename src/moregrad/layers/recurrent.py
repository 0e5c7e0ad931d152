"""Recurrence: a state that each token of a word changes."""

import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from moregrad.backprop.recurrence import restart
from moregrad.layers.cells import Cell
from moregrad.layers.layer import Layer, Positions, State
from moregrad.layers.positions import one_word
from moregrad.layers.recurrence import Gates, Start


class Recurrent(Layer):
    """A cell run along time from a learned `start` at every boundary; its input is the gates' pre-activations."""

    cell: Cell
    start: Start

    @classmethod
    def of(cls, cell: Cell) -> "Recurrent":
        """Runs `cell` from a state of zeros."""
        return cls(cell, tuple(jnp.zeros(cell.size) for _ in range(cell.states)))

    def __call__(
        self, x: Float[Array, "batch time joined"], positions: Positions | None = None
    ) -> Float[Array, "batch time out"]:
        positions = one_word(x) if positions is None else positions
        outputs = self.cell.run(self._by_gate(jnp.swapaxes(x, 0, 1)), self.start, positions.T == 0)
        return jnp.swapaxes(outputs, 0, 1)

    def begin(self, batch: int) -> State:
        return tuple(jnp.broadcast_to(start, (batch, len(start))) for start in self.start)

    def advance(
        self, state: State, x: Float[Array, "batch joined"], position: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch out"], State]:
        state = self.cell(self._by_gate(x), restart(state, self.start, position == 0))
        return state[0], state

    def _by_gate(self, x: Float[Array, "*axes joined"]) -> Gates:
        return x.reshape(*x.shape[:-1], self.cell.gates, self.cell.size)
