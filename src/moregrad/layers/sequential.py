"""Layers one after another, and layers that the input passes by."""

from collections.abc import Iterable

import equinox as eqx
import jax.random as jr
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.layers.layer import Layer, Positions, State


class Sequential(Layer):
    """Feeds each layer's output to the next."""

    layers: tuple[Layer, ...]

    @classmethod
    def of(cls, layers: Iterable[Layer]) -> "Sequential":
        """Chains `layers` in order."""
        return cls(tuple(layers))

    def __call__(self, x: Float[Array, "..."], positions: Positions | None = None) -> Float[Array, "..."]:
        for layer in self.layers:
            x = layer(x, positions)
        return x

    def observe(
        self, x: Float[Array, "..."], positions: Positions | None = None, *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "..."], "Sequential"]:
        refreshed = []
        for index, layer in enumerate(self.layers):
            x, layer = layer.observe(x, positions, key=jr.fold_in(key, index))
            refreshed.append(layer)
        return x, type(self)(tuple(refreshed))

    def begin(self, batch: int) -> State:
        return tuple(layer.begin(batch) for layer in self.layers)

    def advance(
        self, state: State, x: Float[Array, "batch size"], position: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch out"], State]:
        states = []
        for layer, before in zip(self.layers, state, strict=True):
            x, after = layer.advance(before, x, position)
            states.append(after)
        return x, tuple(states)


class Residual(Layer):
    """Returns `x + inner(x)` (He et al. 2016)."""

    inner: Layer

    @classmethod
    def around(cls, *layers: Layer) -> "Residual":
        """Lets the input pass by `layers`, chained in order."""
        return cls(Sequential(layers))

    def __call__(self, x: Float[Array, "*axes size"], positions: Positions | None = None) -> Float[Array, "*axes size"]:
        return x + self.inner(x, positions)

    def observe(
        self, x: Float[Array, "*axes size"], positions: Positions | None = None, *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "*axes size"], "Residual"]:
        y, inner = self.inner.observe(x, positions, key=key)
        return x + y, type(self)(inner)

    def begin(self, batch: int) -> State:
        return self.inner.begin(batch)

    def advance(
        self, state: State, x: Float[Array, "batch size"], position: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch size"], State]:
        y, state = self.inner.advance(state, x, position)
        return x + y, state


class FlattenConsecutive(Layer):
    """Joins each `count` neighbours along time into one longer vector."""

    count: int = eqx.field(static=True)

    def __call__(
        self, x: Float[Array, "*axes time size"], positions: Positions | None = None
    ) -> Float[Array, "*axes joined longer"]:
        *axes, time, size = x.shape
        return x.reshape(*axes, time // self.count, size * self.count)
