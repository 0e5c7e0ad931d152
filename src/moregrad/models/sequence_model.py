"""Models that see the whole word so far: embeddings, mixers along time, a softmax."""

from typing import Self

import jax.numpy as jnp
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import PackedRows
from moregrad.layers.embedding import Embedding, ProjectedEmbedding
from moregrad.layers.linear import TransposedLinear
from moregrad.layers.mixer import Mixer, State
from moregrad.layers.positions import next_place, places
from moregrad.models.model import Model

NARROWEST, WIDEST = 32, 256


class SequenceModel(Model):
    """Embeds each token, and its place if there is a table of `positions`, mixes along time, and decodes.

    Without a `head` the embeddings decode as well (Press & Wolf 2017). Places beyond the table share its last row.
    """

    embedding: Embedding | ProjectedEmbedding
    positions: Embedding | None
    body: Mixer
    head: TransposedLinear | None

    @property
    def longest(self) -> int | None:
        return None if self.positions is None else len(self.positions.weight) - 1

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch time vocab"]:
        return self._logits(tokens, None)

    def observe(
        self, tokens: Int[Array, "batch time"], *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "batch time vocab"], Self]:
        return self._logits(tokens, key), self

    def _logits(self, tokens: Int[Array, "batch time"], key: PRNGKeyArray | None) -> Float[Array, "batch time vocab"]:
        where = places(tokens)
        return self._decoded(self.body(self._embedded(tokens, where), where, key=key))

    def begin(self, batch: int) -> State:
        return jnp.full(batch, -1, jnp.int32), self.body.begin(batch)

    def advance(self, state: State, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], State]:
        place, past = state
        place = next_place(place, token)
        x, past = self.body.advance(past, self._embedded(token, place), place)
        return self._decoded(x), (place, past)

    def _embedded(self, tokens: Int[Array, "*axes"], where: Int[Array, "*axes"]) -> Float[Array, "*axes size"]:
        x = self.embedding(tokens)
        if self.positions is None:
            return x
        return x + self.positions(jnp.minimum(where, len(self.positions.weight) - 1))

    def _decoded(self, x: Float[Array, "*axes size"]) -> Float[Array, "*axes vocab"]:
        head = self.head or TransposedLinear(self.embedding.weight, None)
        return head(x)


def packed_rows(encoded: EncodedWords) -> PackedRows:
    """Rows that few words of `encoded` are cut by, filled with as many words as fit."""
    return PackedRows.packed(encoded, min(max(encoded.longest + 1, NARROWEST), WIDEST))
