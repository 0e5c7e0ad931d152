"""Positions of tokens in their words."""

import jax.numpy as jnp
from jax import lax
from jaxtyping import Array, Float, Int

from moregrad.data.vocabulary import BOUNDARY


def positions(tokens: Int[Array, "batch time"]) -> Int[Array, "batch time"]:
    """Counts the tokens since the last boundary, which has position 0, or since the start of the row."""
    time = jnp.arange(tokens.shape[1], dtype=jnp.int32)
    return time - lax.cummax(jnp.where(tokens == BOUNDARY, time, 0), axis=1)


def next_position(position: Int[Array, " batch"], token: Int[Array, " batch"]) -> Int[Array, " batch"]:
    """Returns the position of `token` if the token before it has `position`."""
    return jnp.where(token == BOUNDARY, 0, position + 1)


def one_word(x: Float[Array, "batch time size"]) -> Int[Array, "batch time"]:
    """Returns the positions of rows that each hold one word from its beginning."""
    return jnp.broadcast_to(jnp.arange(x.shape[1], dtype=jnp.int32), x.shape[:2])
