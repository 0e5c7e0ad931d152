"""The causal convolution."""

from typing import Self

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.layers.layer import Layer
from moregrad.layers.linear import Linear
from moregrad.layers.mixer import Mixer, State


class Convolution(Mixer):
    """An affine map of `taps` positions, `dilation` apart, the last of which is the present one.

    `linear` reads the taps joined, the oldest first. Taps from before the word are zero.
    """

    linear: Linear
    taps: int = eqx.field(static=True)
    dilation: int = eqx.field(static=True)

    @classmethod
    def init(cls, size: int, out: int, *, taps: int, dilation: int = 1, gain: float = 1.0, key: PRNGKeyArray) -> Self:
        """Weights as those of a Linear layer of taps x size inputs."""
        return cls(Linear.init(taps * size, out, gain=gain, key=key), taps, dilation)

    @property
    def _ages(self) -> list[int]:
        """How many positions back each tap reads, the oldest first."""
        return [self.dilation * tap for tap in reversed(range(self.taps))]

    def __call__(
        self, x: Float[Array, "batch time size"], places: Int[Array, "batch time"], *, key: PRNGKeyArray | None = None
    ) -> Float[Array, "batch time out"]:
        taps = [jnp.where(places[..., None] < age, 0, _delayed(x, age)) for age in self._ages]
        return self.linear(jnp.concatenate(taps, axis=-1))

    def begin(self, batch: int) -> Float[Array, "batch past size"]:
        size = self.linear.weight.shape[0] // self.taps
        return jnp.zeros((batch, self._ages[0], size))

    def advance(
        self, state: State, x: Float[Array, "batch size"], places: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch out"], State]:
        heard = jnp.concatenate([state, x[:, None]], axis=1)
        taps = [jnp.where(places[:, None] < age, 0, heard[:, -1 - age]) for age in self._ages]
        return self.linear(jnp.concatenate(taps, axis=-1)), heard[:, 1:]


def _delayed(x: Float[Array, "batch time size"], age: int) -> Float[Array, "batch time size"]:
    """`x` moved `age` positions towards the future, zeros moving in."""
    time = x.shape[1]
    return jnp.pad(x, ((0, 0), (age, 0), (0, 0)))[:, :time]


class Gate(Layer):
    """tanh of the first half times the logistic function of the second (van den Oord et al. 2016, eq. 2)."""

    def __call__(self, x: Float[Array, "*axes size"]) -> Float[Array, "*axes half"]:
        value, gate = jnp.split(x, 2, axis=-1)
        return jnp.tanh(value) * jax.nn.sigmoid(gate)
