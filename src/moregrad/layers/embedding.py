"""Integers to vectors."""

from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.layers.initializers import normal
from moregrad.layers.layer import Layer, Positions
from moregrad.layers.linear import Linear


class Embedding(Layer):
    """Looks up one row of `weight` per token."""

    weight: Float[Array, "vocab size"]

    @classmethod
    def init(cls, vocab: int, size: int, *, scale: float = 1.0, key: PRNGKeyArray) -> "Embedding":
        """Draws normal rows of deviation `scale`."""
        return cls(scale * normal(key, vocab, size))

    def __call__(self, x: Int[Array, "*axes"], positions: Positions | None = None) -> Float[Array, "*axes size"]:
        return self.weight[x]


class ProjectedEmbedding(Layer):
    """An embedding and the linear layer after it, multiplied once per vocabulary entry where that is less work."""

    embedding: Embedding
    linear: Linear

    @property
    def weight(self) -> Float[Array, "vocab size"]:
        """The embedding's."""
        return self.embedding.weight

    def __call__(self, x: Int[Array, "*axes"], positions: Positions | None = None) -> Float[Array, "*axes out"]:
        # A size that is a symbol, as in a program that is exported for any batch, is taken for large.
        if isinstance(x.size, int) and x.size < len(self.weight):
            return self.linear(self.embedding(x))
        return Embedding(self.linear(self.weight))(x)
