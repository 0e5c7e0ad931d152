"""Models that see the whole word so far: embeddings, layers along time, a softmax."""

from typing import Any

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import PackedRows
from moregrad.data.stored_examples import StoredRows, packed_rows
from moregrad.layers.embedding import Embedding, ProjectedEmbedding
from moregrad.layers.layer import Layer, State
from moregrad.layers.linear import TransposedLinear
from moregrad.layers.positions import next_position, positions
from moregrad.models.model import Model

NARROWEST, WIDEST = 32, 256


class SequenceModel(Model):
    """Embeds each token, and its position if there is a table of `positions`, then applies `body` and the head.

    Without a `head` the embedding is tied: it decodes as well (Press & Wolf 2017). Positions beyond the table share its
    last row.
    """

    embedding: Embedding | ProjectedEmbedding
    positions: Embedding | None
    body: Layer
    head: TransposedLinear | None

    @property
    def longest(self) -> int | None:
        return None if self.positions is None else len(self.positions.weight) - 1

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch time vocab"]:
        where = positions(tokens)
        return self._decode(self.body(self._embed(tokens, where), where))

    def observe(
        self, tokens: Int[Array, "batch time"], *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "batch time vocab"], "SequenceModel"]:
        where = positions(tokens)
        x, body = self.body.observe(self._embed(tokens, where), where, key=key)
        return self._decode(x), eqx.tree_at(lambda model: model.body, self, body)

    def begin(self, batch: int) -> State:
        return jnp.full(batch, -1, jnp.int32), self.body.begin(batch)

    def advance(self, state: Any, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], State]:
        position, past = state
        position = next_position(position, token)
        x, past = self.body.advance(past, self._embed(token, position), position)
        return self._decode(x), (position, past)

    def _embed(self, tokens: Int[Array, "*axes"], where: Int[Array, "*axes"]) -> Float[Array, "*axes size"]:
        x = self.embedding(tokens)
        if self.positions is None:
            return x
        return x + self.positions(jnp.minimum(where, len(self.positions.weight) - 1))

    def _decode(self, x: Float[Array, "*axes size"]) -> Float[Array, "*axes vocab"]:
        head = self.head or TransposedLinear(self.embedding.weight, None)
        return head(x)


def pack_rows(words: EncodedWords, *, lead: int = 0) -> PackedRows | StoredRows:
    """Packs as many of `words` into each row as fit, after `lead` tokens; few words are longer than a row."""
    return packed_rows(words, row_width(words), lead=lead)


def row_width(words: EncodedWords) -> int:
    """Returns the predictions of a row that most of `words` fit in."""
    return min(max(words.longest + 1, NARROWEST), WIDEST)
