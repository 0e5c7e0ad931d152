"""Dropout (Srivastava et al. 2014)."""

import jax.numpy as jnp
import jax.random as jr
from jaxtyping import Array, Float, PRNGKeyArray

from moregrad.layers.layer import Layer, Positions, Running


class Dropout(Layer):
    """Zeroes a share `rate` of its input while training and scales up the rest; without a rate it does nothing.

    The rate is an array, so that changing it compiles nothing.
    """

    rate: Running | None

    @classmethod
    def of(cls, rate: float) -> "Dropout":
        """Zeroes a share `rate`, from 0 to below 1."""
        return cls(Running(jnp.asarray(rate, jnp.float32)) if rate else None)

    def __call__(self, x: Float[Array, "*axes"], positions: Positions | None = None) -> Float[Array, "*axes"]:
        return x

    def observe(
        self, x: Float[Array, "*axes"], positions: Positions | None = None, *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "*axes"], "Dropout"]:
        if self.rate is None:
            return x, self
        keep = 1 - self.rate.value
        return jnp.where(jr.bernoulli(key, keep, x.shape), x / keep, 0), self
