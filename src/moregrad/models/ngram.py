"""Counts of what followed the last few tokens, smoothed: the models before gradients."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from annotated_types import Ge, Le
from jaxtyping import Array, Float, Int, PRNGKeyArray
from typing_extensions import Doc

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Windows
from moregrad.data.vocabulary import BOUNDARY
from moregrad.layers.layer import Running
from moregrad.models.architecture import Architecture
from moregrad.models.model import Model
from moregrad.ngrams.counting import count_grams
from moregrad.ngrams.smoothing import Smoothing, distributions, smooth
from moregrad.ngrams.trie import MISSING, Trie
from moregrad.recipe import Recipe

ROOM = 2**22
"""The most numbers in the rows of histories of one length (16 MiB of float32)."""

WORDS = 2**17
"""Words that `log_probabilities` handles at a time."""


class NGramModel(Model):
    """A trie of n-grams with the gain of each and the weight of every history, as `moregrad.ngrams` defines them.

    `rows` holds the log probabilities after the shorter histories, as many lengths as fit into ROOM; those after
    longer histories are computed when needed. All tables are NumPy arrays, `gain` and `weight` float64, so that
    `log_probabilities` is exact; JAX computes in float32. `jax.device_put(model)` moves them to the device once rather
    than at every call.
    """

    trie: Trie
    gain: Running
    weight: Running
    rows: Running
    architecture: "NGram" = eqx.field(static=True)
    vocab: int = eqx.field(static=True)

    @classmethod
    def of(cls, architecture: "NGram", encoded: EncodedWords, vocab: int) -> "NGramModel":
        """Counts and smooths the words of `encoded`, whose tokens are all below `vocab`."""
        levels = count_grams(encoded, vocab, architecture.order)
        smoothed = smooth(levels, architecture.smoothing, k=architecture.k, vocab=vocab)
        gain = np.concatenate([np.zeros(2), *(level.gain for level in smoothed)])
        weight = np.concatenate([np.ones(1), *(level.weight for level in smoothed)])
        rows = np.concatenate([np.full((1, vocab), 1 / vocab), *distributions(levels, smoothed, vocab, room=ROOM)])
        with np.errstate(divide="ignore"):
            logits = np.log(rows).astype(np.float32)
        return cls(Trie.of(levels), Running(gain), Running(weight), Running(logits), architecture, vocab)

    @property
    def lead(self) -> int:
        return max(self.architecture.order - 2, 0)

    def count(self, words: EncodedWords) -> "NGramModel":
        return self.of(self.architecture, words, self.vocab)

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
        model = jax.tree.map(jnp.asarray, self)

        def step(state: Int[Array, "batch order"], token: Int[Array, " batch"]) -> tuple[Array, Array]:
            return (state := model._move(state, token)), state

        _, nodes = jax.lax.scan(step, self.begin(len(tokens)), tokens.T)
        return model._logits(nodes.swapaxes(0, 1))[:, min(self.lead, tokens.shape[1] - 1) :]

    def begin(self, batch: int) -> Int[Array, "batch order"]:
        return jnp.broadcast_to(jnp.asarray(self.trie.starts), (batch, self.architecture.order))

    def advance(
        self, state: Int[Array, "batch order"], token: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch vocab"], Int[Array, "batch order"]]:
        model = jax.tree.map(jnp.asarray, self)
        state = model._move(state, token)
        return model._logits(state), state

    def log_probabilities(self, encoded: EncodedWords) -> Float[np.ndarray, " predictions"]:
        """Returns the natural log probability of every character and end of `encoded`, float64.

        It is -inf for a token that unsmoothed counts hold impossible.
        """
        trie, gain, weight = jax.tree.map(np.asarray, (self.trie, self.gain.value, self.weight.value))
        cuts = np.append(encoded.starts[::WORDS], encoded.predictions)
        result = np.empty(encoded.predictions)
        for start, stop in pairwise(cuts):
            probability = np.full(stop - start, 1 / self.vocab)
            for node, child in trie.walk(encoded.tokens[start : stop + 1], self.vocab):
                probability = gain[child] + weight[node] * probability
            with np.errstate(divide="ignore"):
                result[start:stop] = np.log(probability)
        return result

    def _move(self, state: Int[Array, "batch order"], token: Int[Array, " batch"]) -> Int[Array, "batch order"]:
        """Returns the nodes of the histories of 0, 1, ... tokens that end with `token`; a boundary begins a word."""
        token = token[:, None]
        longer = self.trie.follow(state[:, :-1], token, self.vocab)
        moved = jnp.concatenate([state[:, :1], longer], axis=1)
        return jnp.where(token == BOUNDARY, self.trie.starts, moved)

    def _logits(self, nodes: Int[Array, "*axes order"]) -> Float[Array, "*axes vocab"]:
        rows = self.rows.value
        logits = rows[jnp.where(nodes < len(rows), nodes, MISSING).max(axis=-1)]
        every_history_has_a_row = len(rows) == len(self.weight.value)
        return logits if every_history_has_a_row else jnp.log(self._extend(jnp.exp(logits), nodes))

    def _extend(
        self, distribution: Float[Array, "*axes vocab"], nodes: Int[Array, "*axes order"]
    ) -> Float[Array, "*axes vocab"]:
        """Interpolates from the distribution after the longest history that has a row to the longest of all."""

        def longer(length: Int[Array, ""], distribution: Float[Array, "*axes vocab"]) -> Float[Array, "*axes vocab"]:
            node = jnp.where(beyond[..., length], nodes[..., length], MISSING)
            return self.weight.value[node][..., None] * distribution + self._gains(node)

        beyond = nodes >= len(self.rows.value)
        shortest = jnp.argmax(beyond.reshape(-1, nodes.shape[-1]).any(axis=0))
        return jax.lax.fori_loop(shortest, nodes.shape[-1], longer, distribution)

    def _gains(self, node: Int[Array, "*axes"]) -> Float[Array, "*axes vocab"]:
        """Returns the gain of every token after the histories at `node`; 0 for tokens that never followed."""
        child = self.trie.first[node][..., None] + jnp.arange(self.vocab)
        exists = child < self.trie.first[node + 1][..., None]
        token = jnp.where(exists, self.trie.token.take(child, mode="clip").astype(jnp.int32), self.vocab)
        gain = self.gain.value.take(child, mode="clip")
        return jnp.put_along_axis(jnp.zeros_like(gain), token, gain, axis=-1, mode="drop", inplace=False)


@dataclass(frozen=True)
class NGram(Architecture):
    """Smoothed counts of what followed the last `order` - 1 tokens.

    The first tokens of a word have fewer than that before them: its opening boundary and what follows.
    """

    name: ClassVar[str] = "ngram"
    recipe: ClassVar[Recipe] = Recipe(steps=0)
    tiny: ClassVar = {"order": 3}

    order: Annotated[int, Ge(1), Le(10), Doc("Tokens in the longest n-gram.")] = 5
    smoothing: Annotated[Smoothing, Doc("How rare and unseen n-grams get their share.")] = "kneser-ney"
    k: Annotated[float, Ge(0), Doc("add-k smoothing: the number added to every count.")] = 0.1

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> NGramModel:
        """Returns the model that has counted nothing and gives every token the same probability."""
        return self.count(EncodedWords(np.array([BOUNDARY], np.min_scalar_type(vocab - 1))), vocab)

    def examples(self, words: EncodedWords) -> Windows:
        return Windows.of(words, max(self.order - 1, 1))

    def count(self, words: EncodedWords, vocab: int) -> NGramModel:
        """Returns the model of `words`, whose tokens are all below `vocab`."""
        return NGramModel.of(self, words, vocab)
