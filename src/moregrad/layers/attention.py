"""Attention of each position to its word so far (Vaswani et al. 2017)."""

from typing import Self

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
from jaxtyping import Array, Bool, Float, Int, PRNGKeyArray

from moregrad.layers.linear import Linear
from moregrad.layers.mixer import Mixer, State

BASE = 10_000.0
"""Bounds the wavelengths of the rotations: 2 pi times it, in positions (Su et al. 2021)."""


class Attention(Mixer):
    """Several heads of scaled dot-product attention to at most the last `window` positions of the word.

    `inward` gives queries, keys and values, in this order, each of all heads. With `rotary`, queries and keys are
    turned by an angle that grows with the place (Su et al. 2021), so that heads can tell distances apart.
    """

    inward: Linear
    outward: Linear
    heads: int = eqx.field(static=True)
    window: int = eqx.field(static=True)
    rotary: bool = eqx.field(static=True)

    @classmethod
    def init(
        cls, size: int, *, heads: int, window: int, rotary: bool, bias: bool, gain: float = 1.0, key: PRNGKeyArray
    ) -> Self:
        """`gain` scales the output projection only."""
        inward, outward = jr.split(key)
        return cls(
            Linear.init(size, 3 * size, bias=bias, key=inward),
            Linear.init(size, size, gain=gain, bias=bias, key=outward),
            heads,
            window,
            rotary,
        )

    def __call__(
        self, x: Float[Array, "batch time size"], places: Int[Array, "batch time"], *, key: PRNGKeyArray | None = None
    ) -> Float[Array, "batch time size"]:
        query, keys, values = self._projected(x, places)
        scores = jnp.einsum("bqhd,bkhd->bhqk", query, keys)
        weights = jax.nn.softmax(jnp.where(audible(places, self.window)[:, None], scores, -jnp.inf))
        heard = jnp.einsum("bhqk,bkhd->bqhd", weights, values)
        return self.outward(heard.reshape(x.shape))

    def begin(self, batch: int) -> State:
        size = self.outward.weight.shape[0]
        empty = jnp.zeros((batch, self.window, self.heads, size // self.heads))
        return empty, empty

    def advance(
        self, state: State, x: Float[Array, "batch size"], places: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch size"], State]:
        """The state is a ring: place p is kept at p modulo `window` until place p + window overwrites it."""
        query, key, value = self._projected(x, places)
        row = jnp.arange(len(x))
        keys, values = (
            old.at[row, places % self.window].set(new) for old, new in zip(state, (key, value), strict=True)
        )
        scores = jnp.einsum("bhd,bkhd->bhk", query, keys)
        filled = jnp.arange(self.window) <= places[:, None]
        weights = jax.nn.softmax(jnp.where(filled[:, None], scores, -jnp.inf))
        heard = jnp.einsum("bhk,bkhd->bhd", weights, values)
        return self.outward(heard.reshape(x.shape)), (keys, values)

    def _projected(self, x: Float[Array, "*axes size"], places: Int[Array, "*axes"]) -> list[Array]:
        """Queries (scaled), keys and values, each [*axes heads depth]."""
        depth = x.shape[-1] // self.heads
        query, key, value = (
            part.reshape(*x.shape[:-1], self.heads, depth) for part in jnp.split(self.inward(x), 3, axis=-1)
        )
        query = query / depth**0.5
        return [turned(query, places), turned(key, places), value] if self.rotary else [query, key, value]


def audible(places: Int[Array, "batch time"], window: int | None = None) -> Bool[Array, "batch time time"]:
    """Which positions (last axis) each position hears: its word up to itself, the last `window` of them."""
    time = jnp.arange(places.shape[1])
    age = time[:, None] - time
    reach = places if window is None else jnp.minimum(places, window - 1)
    return (age >= 0) & (age <= reach[..., None])


def turned(x: Float[Array, "*axes heads depth"], places: Int[Array, "*axes"]) -> Float[Array, "*axes heads depth"]:
    """Each pair of features (i, i + depth / 2) turned by an angle proportional to the place."""
    half = x.shape[-1] // 2
    angle = places[..., None, None] * BASE ** (-jnp.arange(half) / half)
    cosine, sine = jnp.cos(angle), jnp.sin(angle)
    first, second = x[..., :half], x[..., half : 2 * half]
    turned = [first * cosine - second * sine, first * sine + second * cosine, x[..., 2 * half :]]
    return jnp.concatenate(turned, axis=-1)
