"""What happens to a state when a symbol arrives: the plain cell, the GRU and the LSTM."""

from abc import abstractmethod
from typing import ClassVar, Literal, Self

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
from jaxtyping import Array, Float, PRNGKeyArray

from moregrad.layers.linear import Linear

Reset = Literal["before", "after"]
State = tuple[Float[Array, "batch size"], ...]


class Cell(eqx.Module):
    """`inward` maps the input to the pre-activations; calling the cell with them and a state gives the next state."""

    states: ClassVar[int] = 1
    inward: eqx.AbstractVar[Linear]
    across: eqx.AbstractVar[Float[Array, "size gates"]]

    @property
    def size(self) -> int:
        """Numbers in the output, which is the first array of the state."""
        return self.across.shape[0]

    @abstractmethod
    def __call__(self, inward: Float[Array, "batch gates"], state: State) -> State:
        """The next state."""


def _weights(size: int, hidden: int, gates: int, key: PRNGKeyArray) -> tuple[Linear, Float[Array, "hidden gates"]]:
    """Maps from input and state to `gates` x hidden pre-activations, of unit deviation together."""
    into, across = jr.split(key)
    inward = Linear.init(size, gates * hidden, gain=0.5**0.5, key=into)
    return inward, Linear.init(hidden, gates * hidden, gain=0.5**0.5, bias=False, key=across).weight


class TanhCell(Cell):
    """h' = tanh(W x + U h + b) (Elman 1990)."""

    inward: Linear
    across: Float[Array, "size size"]

    @classmethod
    def init(cls, size: int, hidden: int, *, key: PRNGKeyArray) -> Self:
        return cls(*_weights(size, hidden, 1, key))

    def __call__(self, inward: Float[Array, "batch gates"], state: State) -> State:
        return (jnp.tanh(inward + state[0] @ self.across),)


class GRUCell(Cell):
    """h' = (1 - z) h + z c with update gate z, reset gate r and candidate c (Cho et al. 2014); gates in order r, z, c.

    With reset "before", c = tanh(W x + U (r h)), as in the paper; "after", c = tanh(W x + r (U h + b)), which needs
    one product less and is what PyTorch computes (with 1 - z in the place of z). Only the latter has a `bias` b.
    """

    inward: Linear
    across: Float[Array, "size gates"]
    bias: Float[Array, " size"] | None

    @classmethod
    def init(cls, size: int, hidden: int, *, reset: Reset, key: PRNGKeyArray) -> Self:
        return cls(*_weights(size, hidden, 3, key), jnp.zeros(hidden) if reset == "after" else None)

    def __call__(self, inward: Float[Array, "batch gates"], state: State) -> State:
        candidate = self._before if self.bias is None else self._after
        update, new = candidate(inward, state[0])
        return (state[0] + update * (new - state[0]),)

    def _before(self, inward: Array, h: Array) -> tuple[Array, Array]:
        gates, last = 2 * self.size, self.across
        reset, update = jnp.split(jax.nn.sigmoid(inward[:, :gates] + h @ last[:, :gates]), 2, axis=-1)
        return update, jnp.tanh(inward[:, gates:] + (reset * h) @ last[:, gates:])

    def _after(self, inward: Array, h: Array) -> tuple[Array, Array]:
        gates = 2 * self.size
        across = h @ self.across
        reset, update = jnp.split(jax.nn.sigmoid(inward[:, :gates] + across[:, :gates]), 2, axis=-1)
        return update, jnp.tanh(inward[:, gates:] + reset * (across[:, gates:] + self.bias))


class LSTMCell(Cell):
    """Long short-term memory (Hochreiter & Schmidhuber 1997; forget gate of Gers et al. 2000); gates in order i, f, g, o."""

    states: ClassVar[int] = 2
    inward: Linear
    across: Float[Array, "size gates"]

    @classmethod
    def init(cls, size: int, hidden: int, *, key: PRNGKeyArray) -> Self:
        """Forget gates begin open: their bias is 1 (Jozefowicz et al. 2015)."""
        inward, across = _weights(size, hidden, 4, key)
        bias = jnp.zeros(4 * hidden).at[hidden : 2 * hidden].set(1.0)
        return cls(Linear(inward.weight, bias), across)

    def __call__(self, inward: Float[Array, "batch gates"], state: State) -> State:
        i, f, g, o = jnp.split(inward + state[0] @ self.across, 4, axis=-1)
        memory = jax.nn.sigmoid(f) * state[1] + jax.nn.sigmoid(i) * jnp.tanh(g)
        return jax.nn.sigmoid(o) * jnp.tanh(memory), memory
