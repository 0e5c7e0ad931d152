"""Counts of several orders as a part of a larger model, and what they say of each position."""

from collections.abc import Sequence

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from moregrad.data.encoded_words import EncodedWords
from moregrad.models.ngram import NGram, NGramModel
from moregrad.ngrams.counted import count_smoothed
from moregrad.ngrams.smoothing import Smoothing

FACTS = 4
"""Facts that counts tell of a position beside probabilities."""

SMALLEST = 1e-30
"""In place of a probability of 0, whose logarithm has no gradient."""


class Evidence(eqx.Module):
    """The evidence of counts at positions: log probabilities by each order, and facts that tell how far to trust them.

    The facts are the length of the longest known history over the longest there may be, the logarithm of the weight
    that it leaves to the shorter one, the entropy in nats over the largest there may be, and the largest probability.
    """

    log_p: Float[Array, "*axes orders vocab"]
    facts: Float[Array, "*axes facts"]

    @classmethod
    def of(cls, log_p: Sequence[Float[Array, "*axes vocab"]], weights: Sequence[Float[Array, "*axes _"]]) -> "Evidence":
        """Makes evidence of log probabilities, and of the weights of the histories of 0, 1, ... tokens, by order."""
        facts = [_facts(*each) for each in zip(log_p, weights, strict=True)]
        return cls(jnp.stack(log_p, axis=-2), jnp.concatenate(facts, axis=-1))

    @property
    def positions(self) -> int:
        """The positions of each row."""
        return self.facts.shape[-2]

    def last(self, positions: int) -> "Evidence":
        """Returns the evidence of the last positions of rows."""
        skipped = self.positions - positions
        return Evidence(self.log_p[..., skipped:, :, :], self.facts[..., skipped:, :])


def _facts(log_p: Float[Array, "*axes vocab"], weights: Float[Array, "*axes order"]) -> Float[Array, "*axes 4"]:
    order, vocab = weights.shape[-1], log_p.shape[-1]
    known = jnp.max(jnp.where(weights < 1, jnp.arange(order), 0), axis=-1)
    left = jnp.take_along_axis(weights, known[..., None], axis=-1)[..., 0]
    p = jnp.exp(log_p)
    entropy = -jnp.sum(p * log_p, axis=-1) / jnp.log(vocab)
    return jnp.stack([known / max(order - 1, 1), jnp.log(left + SMALLEST), entropy, p.max(axis=-1)], axis=-1)


class Counts(eqx.Module):
    """Smoothed counts of several orders, the highest last.

    They have the same words, so the nodes that the highest order reaches are those of the others too.
    """

    orders: tuple[NGramModel, ...]

    @classmethod
    def build(cls, orders: Sequence[int], smoothing: Smoothing, vocab: int, *, prune: tuple[int, ...] = ()) -> "Counts":
        """Returns counts that have counted nothing."""
        blank = [NGram(order=order, smoothing=smoothing, prune=prune) for order in sorted(orders)]
        return cls(tuple(each.build(vocab, 1, key=jax.random.key(0)) for each in blank))

    def count(self, words: EncodedWords) -> "Counts":
        """Returns the counts of `words`."""
        longest = self.orders[-1]
        orders, like = [each.architecture.order for each in self.orders], longest.architecture
        levels, smoothed = count_smoothed(words, longest.vocab, orders, like.smoothing, prune=like.prune)
        found = (
            NGramModel.arranged(each.architecture, levels, smoothed[order], each.vocab)
            for order, each in zip(orders, self.orders, strict=True)
        )
        return Counts(tuple(found))

    @property
    def lead(self) -> int:
        """Tokens that a row needs in front of the first position that counts look at."""
        return self.orders[-1].lead

    def begin(self, batch: int) -> Int[Array, "batch order"]:
        """Returns the nodes of `batch` rows before their opening boundary."""
        return self.orders[-1].begin(batch)

    def move(self, nodes: Int[Array, "batch order"], token: Int[Array, " batch"]) -> Int[Array, "batch order"]:
        """Returns the nodes after `token`."""
        return self.orders[-1].move(nodes, token)

    def read(self, tokens: Int[Array, "batch time"]) -> Evidence:
        """Returns what the counts say at each position that has enough tokens before it."""
        return self.look(self.orders[-1].histories(tokens))

    def look(self, nodes: Int[Array, "*axes order"]) -> Evidence:
        """Returns what the counts say after the histories at `nodes`."""
        reached = [nodes[..., : each.architecture.order] for each in self.orders]
        return Evidence.of(
            [jnp.maximum(each.logits(at), jnp.log(SMALLEST)) for each, at in zip(self.orders, reached, strict=True)],
            [each.weights(at) for each, at in zip(self.orders, reached, strict=True)],
        )
