"""The plainest layer that looks back."""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool, Float, Int

from moregrad.layers.attention import LONG, causal_mask
from moregrad.layers.layer import Layer, Positions, State
from moregrad.layers.positions import one_word


class Average(Layer):
    """The mean of all vectors of the word so far, including the boundary's."""

    size: int = eqx.field(static=True)

    def __call__(
        self, x: Float[Array, "batch time size"], positions: Positions | None = None
    ) -> Float[Array, "batch time size"]:
        positions = one_word(x) if positions is None else positions
        if x.shape[1] > LONG:
            return _running_sum(x, positions == 0) / (positions + 1)[..., None]
        weights = causal_mask(positions) / (positions + 1)[..., None]
        return weights @ x

    def begin(self, batch: int) -> Float[Array, "batch size"]:
        return jnp.zeros((batch, self.size))

    def advance(
        self, state: State, x: Float[Array, "batch size"], position: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch size"], State]:
        count = position[:, None]
        total = jnp.where(count == 0, x, state + x)
        return total / (count + 1), total


def _running_sum(
    x: Float[Array, "batch time size"], starts: Bool[Array, "batch time"]
) -> Float[Array, "batch time size"]:
    """Sums each word so far in time proportional to the row, pairs first, so that no long sum loses the small terms."""

    def join(left: tuple[Array, Array], right: tuple[Array, Array]) -> tuple[Array, Array]:
        (before, began), (after, begins) = left, right
        return jnp.where(begins[..., None], after, before + after), began | begins

    return jax.lax.associative_scan(join, (x, starts), axis=1)[0]
