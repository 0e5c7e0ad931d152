"""Causal attention within a word (Vaswani et al. 2017)."""

from functools import partial

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
from jaxtyping import Array, Bool, Float, Int, PRNGKeyArray, Shaped

from moregrad.layers.layer import Layer, Positions, State
from moregrad.layers.linear import Linear
from moregrad.layers.positions import one_word

BASE = 10_000.0
"""Bounds the wavelengths of the rotations: 2 pi times it, in positions (Su et al. 2021)."""

LONG = 512
"""Positions of a row beyond which only the keys within reach are looked at, where they are fewer than half."""

BLOCK = 64
"""The fewest queries that share their keys there."""


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
        block = max(self.window, BLOCK)
        attend = partial(_attend_in_blocks, block=block) if x.shape[1] > max(LONG, 2 * block) else _attend
        return self.out(attend(query, keys, values, positions, self.window).reshape(x.shape))

    def weights(
        self, x: Float[Array, "batch time size"], positions: Positions | None = None
    ) -> Float[Array, "batch heads time time"]:
        """Returns how much each position (third axis) takes from each (last axis), by head; rows add up to one."""
        positions = one_word(x) if positions is None else positions
        query, keys, _ = self._project(x, positions)
        return _weigh(query, keys, causal_mask(positions, self.window))

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

    def _project(self, x: Float[Array, "*axes size"], positions: Int[Array, "*axes"]) -> list[Array]:
        """Returns queries (scaled), keys and values, each [*axes heads depth]."""
        depth = x.shape[-1] // self.heads
        query, key, value = (
            part.reshape(*x.shape[:-1], self.heads, depth) for part in jnp.split(self.qkv(x), 3, axis=-1)
        )
        query = query / depth**0.5
        return [rotate(query, positions), rotate(key, positions), value] if self.rotary else [query, key, value]


def _attend(query: Array, keys: Array, values: Array, positions: Positions, window: int) -> Array:
    """Mixes the values of a row by the weights of their keys; all are [batch time heads depth]."""
    return _mix(_weigh(query, keys, causal_mask(positions, window)), values)


def _attend_in_blocks(
    query: Array, keys: Array, values: Array, positions: Positions, window: int, *, block: int
) -> Array:
    """Does as `_attend` in time proportional to the row: queries of a block meet its keys and those of the one before.

    A `block` has at least as many positions as the `window`.
    """
    time = query.shape[1]
    query, keys, values, positions = (_cut(x, block) for x in (query, keys, values, positions))
    age = jnp.arange(block)[:, None] + block - jnp.arange(2 * block)
    mask = (age >= 0) & (age <= jnp.minimum(positions, window - 1)[..., None])
    mixed = _mix(_weigh(query, _with_previous(keys), mask), _with_previous(values))
    return mixed.reshape(mixed.shape[0], -1, *mixed.shape[3:])[:, :time]


def _cut(x: Shaped[Array, "batch time *axes"], block: int) -> Shaped[Array, "batch blocks block *axes"]:
    x = jnp.pad(x, ((0, 0), (0, -x.shape[1] % block), *((0, 0) for _ in x.shape[2:])))
    return x.reshape(x.shape[0], -1, block, *x.shape[2:])


def _with_previous(x: Float[Array, "batch blocks block *axes"]) -> Float[Array, "batch blocks both *axes"]:
    previous = jnp.pad(x, ((0, 0), (1, 0), *((0, 0) for _ in x.shape[2:])))[:, :-1]
    return jnp.concatenate([previous, x], axis=2)


def _weigh(
    query: Float[Array, "*axes query heads depth"],
    keys: Float[Array, "*axes key heads depth"],
    mask: Bool[Array, "*axes query key"],
) -> Float[Array, "*axes heads query key"]:
    scores = jnp.einsum("...qhd,...khd->...hqk", query, keys)
    return jax.nn.softmax(jnp.where(mask[..., None, :, :], scores, -jnp.inf))


def _mix(
    weights: Float[Array, "*axes heads query key"], values: Float[Array, "*axes key heads depth"]
) -> Float[Array, "*axes query heads depth"]:
    return jnp.einsum("...hqk,...khd->...qhd", weights, values)


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
