"""The causal convolution."""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.layers.layer import Layer, Positions, State
from moregrad.layers.linear import Linear
from moregrad.layers.positions import one_word


class Convolution(Layer):
    """A causal, dilated convolution: an affine map of `kernel_size` positions, `dilation` apart, ending at the present.

    `linear` reads the vectors at these positions joined, the oldest first. Positions before the word read zero.
    """

    linear: Linear
    kernel_size: int = eqx.field(static=True)
    dilation: int = eqx.field(static=True)

    @classmethod
    def init(
        cls, size: int, out: int, *, kernel_size: int, dilation: int = 1, gain: float = 1.0, key: PRNGKeyArray
    ) -> "Convolution":
        """Draws weights as those of a Linear layer of kernel_size x size inputs."""
        return cls(Linear.init(kernel_size * size, out, gain=gain, key=key), kernel_size, dilation)

    @property
    def _delays(self) -> list[int]:
        """Distances back to the positions that the kernel reads, the oldest first."""
        return [self.dilation * index for index in reversed(range(self.kernel_size))]

    def __call__(
        self, x: Float[Array, "batch time size"], positions: Positions | None = None
    ) -> Float[Array, "batch time out"]:
        positions = one_word(x) if positions is None else positions
        taps = [jnp.where(positions[..., None] < delay, 0, _shift(x, delay)) for delay in self._delays]
        return self.linear(jnp.concatenate(taps, axis=-1))

    def begin(self, batch: int) -> Float[Array, "batch past size"]:
        size = self.linear.weight.shape[0] // self.kernel_size
        return jnp.zeros((batch, self._delays[0], size))

    def advance(
        self, state: State, x: Float[Array, "batch size"], position: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch out"], State]:
        past = jnp.concatenate([state, x[:, None]], axis=1)
        taps = [jnp.where(position[:, None] < delay, 0, past[:, -1 - delay]) for delay in self._delays]
        return self.linear(jnp.concatenate(taps, axis=-1)), past[:, 1:]


def _shift(x: Float[Array, "batch time size"], delay: int) -> Float[Array, "batch time size"]:
    """Moves `x` by `delay` positions towards the future and fills with zeros."""
    time = x.shape[1]
    return jnp.pad(x, ((0, 0), (min(delay, time), 0), (0, 0)))[:, :time]


class Gate(Layer):
    """Multiplies tanh of the first half by the sigmoid of the second (van den Oord et al. 2016, eq. 2)."""

    def __call__(self, x: Float[Array, "*axes size"], positions: Positions | None = None) -> Float[Array, "*axes half"]:
        value, gate = jnp.split(x, 2, axis=-1)
        return jnp.tanh(value) * jax.nn.sigmoid(gate)
