"""Models that see the last few symbols through a stack of layers."""

from typing import Self

import equinox as eqx
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.layers.embedding import Embedding
from moregrad.layers.sequential import Sequential
from moregrad.models.model import WindowModel, windows


class WindowStack(WindowModel):
    """Embeds a window of tokens and passes it through layers, which leave one vector of logits per window."""

    embedding: Embedding
    layers: Sequential
    context: int = eqx.field(static=True)
    padding: int = eqx.field(static=True)

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
        return self.layers(self._embedded(tokens)).squeeze(-2)

    def observe(
        self, tokens: Int[Array, "batch time"], *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "batch position vocab"], Self]:
        logits, layers = self.layers.observe(self._embedded(tokens), key=key)
        return logits.squeeze(-2), eqx.tree_at(lambda model: model.layers, self, layers)

    def _embedded(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position context size"]:
        return self.embedding(windows(tokens, self.context, padding=self.padding))
