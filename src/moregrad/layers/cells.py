"""What happens to a state when a token arrives: the plain cell, the GRU and the LSTM.

Pre-activations have an axis of gates before that of units. `inward` are those from the input, `across` those from the
state before.
"""

from abc import abstractmethod
from typing import ClassVar, Literal, Self

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool, Float, PRNGKeyArray

from moregrad.layers.linear import Linear
from moregrad.layers.recurrence import Gates, Start, State, run_cell, run_units

Reset = Literal["before", "after"]

GAIN = 0.5**0.5
"""Of the maps from the input and from the state, so that their sum has unit deviation."""


class Cell(eqx.Module):
    """A state of `states` arrays, the first of which is the output."""

    states: ClassVar[int] = 1
    gates: ClassVar[int]
    across: eqx.AbstractVar[Linear]

    @property
    def size(self) -> int:
        """Numbers in each array of the state."""
        return self.across.weight.shape[0]

    @abstractmethod
    def __call__(self, inward: Gates, state: State) -> State:
        """The next state."""

    @abstractmethod
    def run(
        self, inward: Float[Array, "time batch gates size"], start: Start, fresh: Bool[Array, "time batch"]
    ) -> Float[Array, "time batch size"]:
        """The outputs of all times; where `fresh`, the state is `start` before the token arrives."""


class UnitCell(Cell):
    """A cell whose units learn of one another only through `across`, a product with the output before."""

    @staticmethod
    @abstractmethod
    def unit(inward: Gates, across: Gates, state: State) -> State:
        """The next state, each unit by itself."""

    def __call__(self, inward: Gates, state: State) -> State:
        return self.unit(inward, self.across(state[0]).reshape(inward.shape), state)

    def run(
        self, inward: Float[Array, "time batch gates size"], start: Start, fresh: Bool[Array, "time batch"]
    ) -> Float[Array, "time batch size"]:
        return run_units(self.unit, self.across, inward, start, fresh)


class TanhCell(UnitCell):
    """h' = tanh(W x + U h + b) (Elman 1990)."""

    gates: ClassVar[int] = 1
    across: Linear

    @classmethod
    def init(cls, size: int, *, key: PRNGKeyArray) -> Self:
        return cls(Linear.init(size, size, gain=GAIN, bias=False, key=key))

    @staticmethod
    def unit(inward: Gates, across: Gates, state: State) -> State:
        return (jnp.tanh(inward + across)[..., 0, :],)


class GRUCell(UnitCell):
    """h' = (1 - z) h + z c with gates r, z and candidate c = tanh(W x + r (U h + b)), in this order.

    Cho et al. 2014, with the reset gate r after the product, as PyTorch has it (with 1 - z in the place of z).
    """

    gates: ClassVar[int] = 3
    across: Linear

    @classmethod
    def init(cls, size: int, *, key: PRNGKeyArray) -> Self:
        return cls(Linear.init(size, 3 * size, gain=GAIN, key=key))

    @staticmethod
    def unit(inward: Gates, across: Gates, state: State) -> State:
        reset = jax.nn.sigmoid(inward[..., 0, :] + across[..., 0, :])
        update = jax.nn.sigmoid(inward[..., 1, :] + across[..., 1, :])
        candidate = jnp.tanh(inward[..., 2, :] + reset * across[..., 2, :])
        return (state[0] + update * (candidate - state[0]),)


class ResetFirstGRUCell(Cell):
    """h' = (1 - z) h + z c with gates r, z and candidate c = tanh(W x + U (r h)), in this order (Cho et al. 2014)."""

    gates: ClassVar[int] = 3
    across: Linear

    @classmethod
    def init(cls, size: int, *, key: PRNGKeyArray) -> Self:
        return cls(Linear.init(size, 3 * size, gain=GAIN, bias=False, key=key))

    def __call__(self, inward: Gates, state: State) -> State:
        (h,), weight, gates = state, self.across.weight, 2 * self.size
        reset, update = jnp.split(jax.nn.sigmoid(_joined(inward[:, :2]) + h @ weight[:, :gates]), 2, axis=-1)
        candidate = jnp.tanh(inward[:, 2] + (reset * h) @ weight[:, gates:])
        return (h + update * (candidate - h),)

    def run(
        self, inward: Float[Array, "time batch gates size"], start: Start, fresh: Bool[Array, "time batch"]
    ) -> Float[Array, "time batch size"]:
        return run_cell(self, inward, start, fresh)


def _joined(gates: Float[Array, "batch gates size"]) -> Float[Array, "batch joined"]:
    return gates.reshape(len(gates), -1)


class LSTMCell(UnitCell):
    """Long short-term memory (Hochreiter & Schmidhuber 1997; Gers et al. 2000); gates in order i, f, g, o."""

    states: ClassVar[int] = 2
    gates: ClassVar[int] = 4
    across: Linear

    @classmethod
    def init(cls, size: int, *, key: PRNGKeyArray) -> Self:
        """Forget gates begin open: their bias is 1 (Jozefowicz et al. 2015)."""
        bias = jnp.zeros(4 * size).at[size : 2 * size].set(1.0)
        return cls(Linear(Linear.init(size, 4 * size, gain=GAIN, bias=False, key=key).weight, bias))

    @staticmethod
    def unit(inward: Gates, across: Gates, state: State) -> State:
        i, f, g, o = (inward[..., gate, :] + across[..., gate, :] for gate in range(4))
        memory = jax.nn.sigmoid(f) * state[1] + jax.nn.sigmoid(i) * jnp.tanh(g)
        return jax.nn.sigmoid(o) * jnp.tanh(memory), memory
