"""The contract of every model, counts and Transformers alike.

A boundary begins a word afresh: at every position a model sees only what lies since the last boundary, that boundary
included. So a word has the same logits alone on its row, behind padding boundaries, and packed behind other words.
"""

from abc import abstractmethod

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.data.encoded_words import EncodedWords
from moregrad.layers.layer import State


class Model(eqx.Module):
    """Maps tokens to logits of the next token; the last position of the output follows the last token."""

    @abstractmethod
    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
        """Returns the logits when predicting, aligned to the end of time."""

    def observe(
        self, tokens: Int[Array, "batch time"], *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "batch position vocab"], "Model"]:
        """Returns the logits when training, and the model with its running statistics moved.

        `tokens` may be what the architecture's own examples make of them. Networks that learn side by side, each by its
        own loss, return logits with a leading axis of networks.
        """
        return self(tokens), self

    @property
    def inside(self) -> "Model":
        """The model whose layers are looked at: itself, or of networks side by side the first."""
        return self

    def count(self, words: EncodedWords) -> "Model":
        """Returns the model with its tables of counts, if it has any, filled from `words`."""
        return self

    @property
    def longest(self) -> int | None:
        """Characters in the longest word that the model can read; None if there is no limit."""
        return None

    @property
    def lead(self) -> int:
        """Tokens that a row needs in front of the first position that is to have logits."""
        return 0

    @abstractmethod
    def begin(self, batch: int) -> State:
        """Returns the state of `batch` rows before their opening boundary."""

    @abstractmethod
    def advance(self, state: State, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], State]:
        """Returns the logits of the token after `token`, and the state after it."""


def windows(
    tokens: Int[Array, "batch time"], context: int, *, padding: int = 0
) -> Int[Array, "batch position context"]:
    """Returns the last `context` tokens at each position that has so many; those from before the word read `padding`.

    Fewer than `context` tokens make one window, filled up in front with `padding`.
    """
    tokens = jnp.pad(tokens, ((0, 0), (max(context - tokens.shape[1], 0), 0)))
    positions = tokens.shape[1] - context + 1
    index = jnp.arange(positions)[:, None] + jnp.arange(context)
    window = tokens[:, index] if positions > 1 else tokens[:, None]
    order = jnp.arange(context)
    start = jnp.max(jnp.where(window == 0, order, 0), axis=-1, keepdims=True)
    return jnp.where(order < start, padding, window)
