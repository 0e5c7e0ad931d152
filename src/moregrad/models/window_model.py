"""Models that see the last few tokens through a stack of layers."""

from typing import Any

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.layers.embedding import Embedding
from moregrad.layers.sequential import Sequential
from moregrad.models.model import Model, windows


class WindowModel(Model):
    """Embeds the last `context` tokens and passes them through layers, which leave one vector of logits per window."""

    embedding: Embedding
    layers: Sequential
    context: int = eqx.field(static=True)
    padding: int = eqx.field(static=True)

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
        return self.layers(self._embed(tokens)).squeeze(-2)

    def observe(
        self, tokens: Int[Array, "batch time"], *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "batch position vocab"], "WindowModel"]:
        logits, layers = self.layers.observe(self._embed(tokens), key=key)
        return logits.squeeze(-2), eqx.tree_at(lambda model: model.layers, self, layers)

    @property
    def lead(self) -> int:
        return self.context - 1

    def begin(self, batch: int) -> Int[Array, "batch context"]:
        return jnp.zeros((batch, self.context), jnp.int32)

    def advance(self, state: Any, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], Any]:
        state = jnp.concatenate([state[:, 1:], token[:, None]], axis=1)
        return self(state)[:, -1], state

    def _embed(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position context size"]:
        return self.embedding(windows(tokens, self.context, padding=self.padding))
