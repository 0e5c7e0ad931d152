"""The contract of every model, counts and Transformers alike.

A boundary begins a word afresh: at every position a model sees only what lies since the last boundary, that boundary
included. So a word has the same logits alone on its row, behind padding boundaries, and packed behind other words.
"""

from abc import abstractmethod
from typing import Self

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.data.encoded_words import EncodedWords
from moregrad.layers.mixer import State


class Model(eqx.Module):
    """Tokens in, logits of the next token out; position i of `position` looks from the i-th last token on."""

    @abstractmethod
    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
        """Logits aligned to the end of time, as used for prediction."""

    def observe(
        self, tokens: Int[Array, "batch time"], *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "batch position vocab"], Self]:
        """Logits as used for training, and the model with its running statistics moved."""
        return self(tokens), self

    def count(self, encoded: EncodedWords) -> Self:
        """The model with what counting alone can teach it: nothing, unless it is a table of counts."""
        return self

    @property
    def longest(self) -> int | None:
        """Characters in the longest word the model was built for; None if any word will do."""
        return None

    @property
    def lead(self) -> int:
        """How many tokens a row needs in front of the first position that is to have logits."""
        return 0

    @abstractmethod
    def begin(self, batch: int) -> State:
        """What `advance` needs to know of the past, before the opening boundary."""

    @abstractmethod
    def advance(self, state: State, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], State]:
        """Logits of the token after `token`, and the state with `token` in it."""


def windows(
    tokens: Int[Array, "batch time"], context: int, *, padding: int = 0
) -> Int[Array, "batch position context"]:
    """The last `context` tokens at each position that has so many; those from before the word read `padding`.

    Fewer than `context` tokens make one window, the missing ones being from before the word.
    """
    tokens = jnp.pad(tokens, ((0, 0), (max(context - tokens.shape[1], 0), 0)))
    positions = tokens.shape[1] - context + 1
    places = jnp.arange(positions)[:, None] + jnp.arange(context)
    window = tokens[:, places] if positions > 1 else tokens[:, None]
    order = jnp.arange(context)
    start = jnp.max(jnp.where(window == 0, order, 0), axis=-1, keepdims=True)
    return jnp.where(order < start, padding, window)
