"""Dropout (Srivastava et al. 2014)."""

from typing import Self

import equinox as eqx
import jax.numpy as jnp
import jax.random as jr
from jaxtyping import Array, Float, PRNGKeyArray

from moregrad.layers.layer import Layer


class Dropout(Layer):
    """Zeroes a share `rate` of its input while training and scales up the rest."""

    rate: float = eqx.field(static=True)

    def __call__(self, x: Float[Array, "*axes"]) -> Float[Array, "*axes"]:
        return x

    def observe(self, x: Float[Array, "*axes"], *, key: PRNGKeyArray) -> tuple[Float[Array, "*axes"], Self]:
        if self.rate == 0:
            return x, self
        kept = jr.bernoulli(key, 1 - self.rate, x.shape)
        return jnp.where(kept, x / (1 - self.rate), 0), self
