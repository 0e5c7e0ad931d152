"""Causal attention within a word (Vaswani et al. 2017)."""

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
from jaxtyping import Array, Bool, Float, Int, PRNGKeyArray

from moregrad.layers.layer import Layer, Positions, State
from moregrad.layers.linear import Linear
from moregrad.layers.positions import one_word

BASE = 10_000.0
"""Bounds the wavelengths of the rotations: 2 pi times it, in positions (Su et al. 2021)."""


class Attention(Layer):
    """Multi-head scaled dot-product attention to at most the last `window` positions of the word.

    `qkv` gives queries, keys and values, in this order, each of all heads. With `rotary`, queries and keys are rotated
    by an angle proportional to their position (Su et al. 2021), so that their product depends on the distance alone.
    """

    qkv: Linear
    out: Linear
    heads: int = eqx.field(static=True)
    window: int = eqx.field(static=True)
    rotary: bool = eqx.field(static=True)

    @classmethod
    def init(
        cls, size: int, *, heads: int, window: int, rotary: bool, bias: bool, gain: float = 1.0, key: PRNGKeyArray
    ) -> "Attention":
        """Draws both projections; `gain` scales the output projection only."""
        qkv, out = jr.split(key)
        return cls(
            Linear.init(size, 3 * size, bias=bias, key=qkv),
            Linear.init(size, size, gain=gain, bias=bias, key=out),
            heads,
            window,
            rotary,
        )

    def __call__(
        self, x: Float[Array, "batch time size"], positions: Positions | None = None
    ) -> Float[Array, "batch time size"]:
        positions = one_word(x) if positions is None else positions
        query, keys, values = self._project(x, positions)
        mixed = jnp.einsum("bhqk,bkhd->bqhd", self._weigh(query, keys, positions), values)
        return self.out(mixed.reshape(x.shape))

    def weights(
        self, x: Float[Array, "batch time size"], positions: Positions | None = None
    ) -> Float[Array, "batch heads time time"]:
        """Returns how much each position (third axis) takes from each (last axis), by head; rows add up to one."""
        positions = one_word(x) if positions is None else positions
        query, keys, _ = self._project(x, positions)
        return self._weigh(query, keys, positions)

    def begin(self, batch: int) -> State:
        size = self.out.weight.shape[0]
        empty = jnp.zeros((batch, self.window, self.heads, size // self.heads))
        return empty, empty

    def advance(
        self, state: State, x: Float[Array, "batch size"], position: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch size"], State]:
        """The state is a ring: position p is kept at p modulo `window` until position p + window overwrites it."""
        query, key, value = self._project(x, position)
        row = jnp.arange(x.shape[0])
        keys, values = (
            cache.at[row, position % self.window].set(new) for cache, new in zip(state, (key, value), strict=True)
        )
        scores = jnp.einsum("bhd,bkhd->bhk", query, keys)
        filled = jnp.arange(self.window) <= position[:, None]
        weights = jax.nn.softmax(jnp.where(filled[:, None], scores, -jnp.inf))
        mixed = jnp.einsum("bhk,bkhd->bhd", weights, values)
        return self.out(mixed.reshape(x.shape)), (keys, values)

    def _weigh(self, query: Array, keys: Array, positions: Positions) -> Float[Array, "batch heads time time"]:
        scores = jnp.einsum("bqhd,bkhd->bhqk", query, keys)
        return jax.nn.softmax(jnp.where(causal_mask(positions, self.window)[:, None], scores, -jnp.inf))

    def _project(self, x: Float[Array, "*axes size"], positions: Int[Array, "*axes"]) -> list[Array]:
        """Returns queries (scaled), keys and values, each [*axes heads depth]."""
        depth = x.shape[-1] // self.heads
        query, key, value = (
            part.reshape(*x.shape[:-1], self.heads, depth) for part in jnp.split(self.qkv(x), 3, axis=-1)
        )
        query = query / depth**0.5
        return [rotate(query, positions), rotate(key, positions), value] if self.rotary else [query, key, value]


def causal_mask(positions: Int[Array, "batch time"], window: int | None = None) -> Bool[Array, "batch time time"]:
    """Tells which positions (last axis) each position attends to: its word up to itself, the last `window` of them."""
    time = jnp.arange(positions.shape[1])
    age = time[:, None] - time
    reach = positions if window is None else jnp.minimum(positions, window - 1)
    return (age >= 0) & (age <= reach[..., None])


def rotate(x: Float[Array, "*axes heads depth"], positions: Int[Array, "*axes"]) -> Float[Array, "*axes heads depth"]:
    """Rotates each pair of features (i, i + depth / 2) by an angle proportional to the position (Su et al. 2021)."""
    half = x.shape[-1] // 2
    angle = positions[..., None, None] * BASE ** (-jnp.arange(half) / half)
    cosine, sine = jnp.cos(angle), jnp.sin(angle)
    first, second = x[..., :half], x[..., half : 2 * half]
    rotated = [first * cosine - second * sine, first * sine + second * cosine, x[..., 2 * half :]]
    return jnp.concatenate(rotated, axis=-1)
