"""Recurrent cells: the plain cell, the GRU and the LSTM.

Gates have an axis of their own before that of units; `x` are the pre-activations that come from the input.
"""

from abc import abstractmethod
from typing import ClassVar, Literal

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool, Float, PRNGKeyArray

from moregrad.backprop.operation import differentiable
from moregrad.backprop.recurrence import recurrence
from moregrad.backprop.units import Unit, gru_unit, lstm_unit, tanh_unit
from moregrad.layers.linear import Linear
from moregrad.layers.recurrence import CellState, Gates, Start, run_cell

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

    unit: ClassVar[Unit]

    def __call__(self, x: Gates, state: CellState) -> CellState:
        return self.unit(x, self.recurrent(state[0]).reshape(x.shape), state)[0]

    def run(
        self, x: Float[Array, "time batch gates size"], start: Start, fresh: Bool[Array, "time batch"]
    ) -> Float[Array, "time batch size"]:
        # Linear's leaves are its weight and, if it has one, its bias.
        return differentiable(recurrence, unit=self.unit)(x, start, fresh, *jax.tree.leaves(self.recurrent))


class TanhCell(UnitCell):
    """h' = tanh(W x + U h + b) (Elman 1990)."""

    gates: ClassVar[int] = 1
    unit: ClassVar[Unit] = staticmethod(tanh_unit)
    recurrent: Linear

    @classmethod
    def init(cls, size: int, *, key: PRNGKeyArray) -> "TanhCell":
        return cls(Linear.init(size, size, gain=GAIN, bias=False, key=key))


class GRUCell(UnitCell):
    """h' = (1 - z) h + z c with gates r, z and candidate c = tanh(W x + r (U h + b)), in this order.

    Cho et al. 2014, with the reset gate r after the product, as PyTorch has it (with 1 - z in the place of z).
    """

    gates: ClassVar[int] = 3
    unit: ClassVar[Unit] = staticmethod(gru_unit)
    recurrent: Linear

    @classmethod
    def init(cls, size: int, *, key: PRNGKeyArray) -> "GRUCell":
        return cls(Linear.init(size, 3 * size, gain=GAIN, key=key))


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
    return gates.reshape(gates.shape[0], -1)


class LSTMCell(UnitCell):
    """Long short-term memory (Hochreiter & Schmidhuber 1997; Gers et al. 2000); gates in order i, f, g, o."""

    states: ClassVar[int] = 2
    gates: ClassVar[int] = 4
    unit: ClassVar[Unit] = staticmethod(lstm_unit)
    recurrent: Linear

    @classmethod
    def init(cls, size: int, *, key: PRNGKeyArray) -> "LSTMCell":
        """Forget gates begin open: their bias is 1 (Jozefowicz et al. 2015)."""
        bias = jnp.zeros(4 * size).at[size : 2 * size].set(1.0)
        return cls(Linear(Linear.init(size, 4 * size, gain=GAIN, bias=False, key=key).weight, bias))
