"""Integers to vectors."""

from typing import Self

from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.layers.initial import normal
from moregrad.layers.layer import Layer


class Embedding(Layer):
    """One row of `weight` per symbol."""

    weight: Float[Array, "vocab size"]

    @classmethod
    def init(cls, vocab: int, size: int, *, scale: float = 1.0, key: PRNGKeyArray) -> Self:
        """Normal rows of deviation `scale`."""
        return cls(normal(key, vocab, size, deviation=scale))

    def __call__(self, x: Int[Array, "*axes"]) -> Float[Array, "*axes size"]:
        return self.weight[x]
