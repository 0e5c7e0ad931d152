"""A recurrent network and counts, averaged: each is right where the other is not (Mikolov et al. 2010)."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.data.encoded_words import EncodedWords
from moregrad.layers.mixer import State
from moregrad.models.architecture import Range, Share, Size
from moregrad.models.model import Model
from moregrad.models.ngram import NGram
from moregrad.models.recurrent import GRU


class MixtureModel(Model):
    """The weighted mean of the probabilities of a network and of counts.

    The network trains alone: on words that were counted, counts would leave it nothing to learn.
    """

    network: Model
    counts: Model
    share: float = eqx.field(static=True)

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
        network, counts = self.network(tokens), self.counts(tokens)
        positions = min(network.shape[1], counts.shape[1])
        return self._mean(network[:, -positions:], counts[:, -positions:])

    def observe(
        self, tokens: Int[Array, "batch time"], *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "batch position vocab"], Self]:
        logits, network = self.network.observe(tokens, key=key)
        return logits, eqx.tree_at(lambda model: model.network, self, network)

    def count(self, encoded: EncodedWords) -> Self:
        return eqx.tree_at(lambda model: model.counts, self, self.counts.count(encoded))

    @property
    def lead(self) -> int:
        return max(self.network.lead, self.counts.lead)

    @property
    def longest(self) -> int | None:
        return self.network.longest

    def begin(self, batch: int) -> State:
        return self.network.begin(batch), self.counts.begin(batch)

    def advance(self, state: State, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], State]:
        network, recent = self.network.advance(state[0], token)
        counts, places = self.counts.advance(state[1], token)
        return self._mean(network, counts), (recent, places)

    def _mean(self, network: Float[Array, "*axes vocab"], counts: Float[Array, "*axes vocab"]) -> Array:
        """Log of the weighted mean of two distributions given as logits."""
        return jnp.logaddexp(
            jax.nn.log_softmax(network) + jnp.log1p(-self.share), jax.nn.log_softmax(counts) + jnp.log(self.share)
        )


@dataclass(frozen=True)
class Mixture(GRU):
    """A GRU and a Kneser-Ney n-gram, averaged."""

    name: ClassVar[str] = "mixture"

    hidden: Size = 128  # numbers per state
    order: Annotated[int, Range(1, 11)] = 6  # tokens in the longest n-gram
    share: Share = 0.5  # weight of the counts

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> MixtureModel:
        counts = NGram(self.order).build(vocab, block, key=key)
        return MixtureModel(super().build(vocab, block, key=key), counts, self.share)
