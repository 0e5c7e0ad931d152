"""Recurrence: a state that each symbol of a word changes."""

from typing import Self

import jax.numpy as jnp
from jax import lax
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.layers.cells import Cell, State
from moregrad.layers.mixer import Memory, Mixer


class Recurrent(Mixer):
    """A cell run along time, from a learned `start` at every boundary."""

    cell: Cell
    start: tuple[Float[Array, " size"], ...]

    @classmethod
    def of(cls, cell: Cell) -> Self:
        """Start states of zero."""
        return cls(cell, tuple(jnp.zeros(cell.size) for _ in range(cell.states)))

    def __call__(
        self, x: Float[Array, "batch time size"], places: Int[Array, "batch time"], *, key: PRNGKeyArray | None = None
    ) -> Float[Array, "batch time out"]:
        def step(state: State, now: tuple[Array, Array]) -> tuple[State, Array]:
            state = self.cell(now[0], self._fresh(state, now[1]))
            return state, state[0]

        inward = jnp.moveaxis(self.cell.inward(x), 1, 0)
        _, heard = lax.scan(step, self.begin(x.shape[0]), (inward, places.T))
        return jnp.moveaxis(heard, 0, 1)

    def begin(self, batch: int) -> Memory:
        return tuple(jnp.broadcast_to(start, (batch, len(start))) for start in self.start)

    def advance(
        self, memory: Memory, x: Float[Array, "batch size"], places: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch out"], Memory]:
        state = self.cell(self.cell.inward(x), self._fresh(memory, places))
        return state[0], state

    def _fresh(self, state: State, places: Int[Array, " batch"]) -> State:
        """The state, begun anew where a word begins."""
        new = places[:, None] == 0
        return tuple(jnp.where(new, start, old) for start, old in zip(self.start, state, strict=True))
