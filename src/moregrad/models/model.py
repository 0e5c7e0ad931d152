"""The contract of every model, counts and Transformers alike.

A boundary begins a word afresh: at every position a model sees only what lies since the last boundary, that boundary
included. So a word has the same logits alone on its row, behind padding boundaries, and packed behind other words.
"""

from abc import abstractmethod
from typing import Any, Self

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.data.tape import Tape
from moregrad.layers.mixer import Memory


class Model(eqx.Module):
    """Tokens in, logits of the next symbol out; position i of `position` looks from the i-th last token on."""

    @abstractmethod
    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
        """Logits aligned to the end of time, as used for prediction."""

    def observe(
        self, tokens: Int[Array, "batch time"], *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "batch position vocab"], Self]:
        """Logits as used for training, and the model with its running statistics moved."""
        return self(tokens), self

    def count(self, tape: Tape) -> Self:
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
    def begin(self, batch: int) -> Memory:
        """What `advance` needs to know of the past, before the opening boundary."""

    @abstractmethod
    def advance(self, memory: Memory, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], Memory]:
        """Logits of the symbol after `token`, and the memory with `token` in it."""


class WindowModel(Model):
    """A model that sees the last `context` tokens; its memory is those tokens."""

    context: eqx.AbstractVar[int]

    @property
    def lead(self) -> int:
        return self.context - 1

    def begin(self, batch: int) -> Int[Array, "batch context"]:
        return jnp.zeros((batch, self.context), jnp.int32)

    def advance(self, memory: Any, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], Memory]:
        memory = jnp.concatenate([memory[:, 1:], token[:, None]], axis=1)
        return self(memory)[:, -1], memory


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
