"""Layers after one another, and a layer around which the input passes."""

from collections.abc import Iterable
from typing import Self

import equinox as eqx
import jax.random as jr
from jaxtyping import Array, Float, PRNGKeyArray

from moregrad.layers.layer import Layer


class Sequential(Layer):
    """Each layer's output is the next one's input."""

    layers: tuple[Layer, ...]

    @classmethod
    def of(cls, layers: Iterable[Layer]) -> Self:
        return cls(tuple(layers))

    def __call__(self, x: Float[Array, "..."]) -> Float[Array, "..."]:
        for layer in self.layers:
            x = layer(x)
        return x

    def observe(self, x: Float[Array, "..."], *, key: PRNGKeyArray) -> tuple[Float[Array, "..."], Self]:
        refreshed = []
        for place, layer in enumerate(self.layers):
            x, layer = layer.observe(x, key=jr.fold_in(key, place))
            refreshed.append(layer)
        return x, type(self)(tuple(refreshed))


class Residual(Layer):
    """`x + inner(x)` (He et al. 2016)."""

    inner: Layer

    def __call__(self, x: Float[Array, "*axes size"]) -> Float[Array, "*axes size"]:
        return x + self.inner(x)

    def observe(self, x: Float[Array, "*axes size"], *, key: PRNGKeyArray) -> tuple[Float[Array, "*axes size"], Self]:
        y, inner = self.inner.observe(x, key=key)
        return x + y, type(self)(inner)


class FlattenConsecutive(Layer):
    """Joins each `count` neighbours along time into one longer vector."""

    count: int = eqx.field(static=True)

    def __call__(self, x: Float[Array, "*axes time size"]) -> Float[Array, "*axes joined longer"]:
        *axes, time, size = x.shape
        return x.reshape(*axes, time // self.count, size * self.count)
