"""The plainest way to hear the past."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.layers.attention import audible
from moregrad.layers.mixer import Mixer, State


class Average(Mixer):
    """The mean of all vectors of the word so far, the boundary's included."""

    size: int = eqx.field(static=True)

    def __call__(
        self, x: Float[Array, "batch time size"], places: Int[Array, "batch time"], *, key: PRNGKeyArray | None = None
    ) -> Float[Array, "batch time size"]:
        weights = audible(places) / (places + 1)[..., None]
        return weights @ x

    def begin(self, batch: int) -> Float[Array, "batch size"]:
        return jnp.zeros((batch, self.size))

    def advance(
        self, state: State, x: Float[Array, "batch size"], places: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch size"], State]:
        place = places[:, None]
        total = jnp.where(place == 0, x, state + x)
        return total / (place + 1), total
