"""Recurrent cells: the plain cell, the GRU and the LSTM; `x` and `h` are as in recurrence.py."""

from abc import abstractmethod
from typing import ClassVar, Literal

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool, Float, PRNGKeyArray

from moregrad.layers.linear import Linear
from moregrad.layers.recurrence import CellState, Gates, Start, run_cell, run_units

Reset = Literal["before", "after"]

GAIN = 0.5**0.5
"""Scales the maps from the input and from the state, so that their sum has unit deviation."""


class Cell(eqx.Module):
    """A state of `states` arrays, the first of which is the output."""

    states: ClassVar[int] = 1
    gates: ClassVar[int]
    recurrent: eqx.AbstractVar[Linear]

    @property
    def size(self) -> int:
        """The size of each array of the state."""
        return self.recurrent.weight.shape[0]

    @abstractmethod
    def __call__(self, x: Gates, state: CellState) -> CellState:
        """Returns the next state."""

    @abstractmethod
    def run(
        self, x: Float[Array, "time batch gates size"], start: Start, fresh: Bool[Array, "time batch"]
    ) -> Float[Array, "time batch size"]:
        """Returns the outputs of all time steps; where `fresh`, the state before is `start`."""


class UnitCell(Cell):
    """A cell whose units depend on one another only through `recurrent`, a product with the output before."""

    @staticmethod
    @abstractmethod
    def unit(x: Gates, h: Gates, state: CellState) -> CellState:
        """Returns the next state, element by element."""

    def __call__(self, x: Gates, state: CellState) -> CellState:
        return self.unit(x, self.recurrent(state[0]).reshape(x.shape), state)

    def run(
        self, x: Float[Array, "time batch gates size"], start: Start, fresh: Bool[Array, "time batch"]
    ) -> Float[Array, "time batch size"]:
        return run_units(self.unit, self.recurrent, x, start, fresh)


class TanhCell(UnitCell):
    """h' = tanh(W x + U h + b) (Elman 1990)."""

    gates: ClassVar[int] = 1
    recurrent: Linear

    @classmethod
    def init(cls, size: int, *, key: PRNGKeyArray) -> "TanhCell":
        return cls(Linear.init(size, size, gain=GAIN, bias=False, key=key))

    @staticmethod
    def unit(x: Gates, h: Gates, state: CellState) -> CellState:
        return (jnp.tanh(x + h)[..., 0, :],)


class GRUCell(UnitCell):
    """h' = (1 - z) h + z c with gates r, z and candidate c = tanh(W x + r (U h + b)), in this order.

    Cho et al. 2014, with the reset gate r after the product, as PyTorch has it (with 1 - z in the place of z).
    """

    gates: ClassVar[int] = 3
    recurrent: Linear

    @classmethod
    def init(cls, size: int, *, key: PRNGKeyArray) -> "GRUCell":
        return cls(Linear.init(size, 3 * size, gain=GAIN, key=key))

    @staticmethod
    def unit(x: Gates, h: Gates, state: CellState) -> CellState:
        reset = jax.nn.sigmoid(x[..., 0, :] + h[..., 0, :])
        update = jax.nn.sigmoid(x[..., 1, :] + h[..., 1, :])
        candidate = jnp.tanh(x[..., 2, :] + reset * h[..., 2, :])
        return (state[0] + update * (candidate - state[0]),)


class ResetFirstGRUCell(Cell):
    """h' = (1 - z) h + z c with gates r, z and candidate c = tanh(W x + U (r h)), in this order (Cho et al. 2014)."""

    gates: ClassVar[int] = 3
    recurrent: Linear

    @classmethod
    def init(cls, size: int, *, key: PRNGKeyArray) -> "ResetFirstGRUCell":
        return cls(Linear.init(size, 3 * size, gain=GAIN, bias=False, key=key))

    def __call__(self, x: Gates, state: CellState) -> CellState:
        (before,), weight, gates = state, self.recurrent.weight, 2 * self.size
        reset, update = jnp.split(jax.nn.sigmoid(_join(x[:, :2]) + before @ weight[:, :gates]), 2, axis=-1)
        candidate = jnp.tanh(x[:, 2] + (reset * before) @ weight[:, gates:])
        return (before + update * (candidate - before),)

    def run(
        self, x: Float[Array, "time batch gates size"], start: Start, fresh: Bool[Array, "time batch"]
    ) -> Float[Array, "time batch size"]:
        return run_cell(self, x, start, fresh)


def _join(gates: Float[Array, "batch gates size"]) -> Float[Array, "batch joined"]:
    return gates.reshape(len(gates), -1)


class LSTMCell(UnitCell):
    """Long short-term memory (Hochreiter & Schmidhuber 1997; Gers et al. 2000); gates in order i, f, g, o."""

    states: ClassVar[int] = 2
    gates: ClassVar[int] = 4
    recurrent: Linear

    @classmethod
    def init(cls, size: int, *, key: PRNGKeyArray) -> "LSTMCell":
        """Forget gates begin open: their bias is 1 (Jozefowicz et al. 2015)."""
        bias = jnp.zeros(4 * size).at[size : 2 * size].set(1.0)
        return cls(Linear(Linear.init(size, 4 * size, gain=GAIN, bias=False, key=key).weight, bias))

    @staticmethod
    def unit(x: Gates, h: Gates, state: CellState) -> CellState:
        i, f, g, o = (x[..., gate, :] + h[..., gate, :] for gate in range(4))
        memory = jax.nn.sigmoid(f) * state[1] + jax.nn.sigmoid(i) * jnp.tanh(g)
        return jax.nn.sigmoid(o) * jnp.tanh(memory), memory
