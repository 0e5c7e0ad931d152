"""Where in its word each token stands."""

import jax.numpy as jnp
from jax import lax
from jaxtyping import Array, Int

from moregrad.data.vocabulary import BOUNDARY


def places(tokens: Int[Array, "batch time"]) -> Int[Array, "batch time"]:
    """Symbols since the last boundary, which has place 0; a row that begins inside a word counts from its start."""
    time = jnp.arange(tokens.shape[1], dtype=jnp.int32)
    return time - lax.cummax(jnp.where(tokens == BOUNDARY, time, 0), axis=1)


def next_place(place: Int[Array, " batch"], token: Int[Array, " batch"]) -> Int[Array, " batch"]:
    """Where `token` stands if the one before it stands at `place`."""
    return jnp.where(token == BOUNDARY, 0, place + 1)
