"""Counts of what followed the last few tokens, smoothed: the models before gradients."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from annotated_types import Ge, Le
from jaxtyping import Array, Float, Int, PRNGKeyArray
from typing_extensions import Doc

from moregrad.configuration import Magnitude
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples
from moregrad.data.stored_examples import windows
from moregrad.data.vocabulary import BOUNDARY
from moregrad.models.architecture import Architecture
from moregrad.models.model import Model
from moregrad.models.ngram_tables import NGramTables
from moregrad.ngrams.counted import count_smoothed
from moregrad.ngrams.counting import Grams
from moregrad.ngrams.pruning import Prune, check_thresholds
from moregrad.ngrams.smoothing import Interpolation, Smoothing
from moregrad.ngrams.trie import MISSING
from moregrad.recipe import Recipe

WORDS = 2**17
"""Words that `log_probabilities` handles at a time."""


class NGramModel(Model):
    """Smoothed counts of what followed every history, as `moregrad.ngrams` defines them.

    `jax.device_put(model)` moves its tables to the device once rather than at every call.
    """

    tables: NGramTables
    architecture: "NGram" = eqx.field(static=True)
    vocab: int = eqx.field(static=True)

    @classmethod
    def of(cls, architecture: "NGram", counted: EncodedWords | list[Grams], vocab: int) -> "NGramModel":
        """Counts and smooths words, whose tokens are all below `vocab`, or n-grams as `count_grams` returns them."""
        levels, smoothed = count_smoothed(counted, vocab, [architecture.order], **architecture.rules())
        return cls.arranged(architecture, levels, smoothed[architecture.order], vocab)

    @classmethod
    def arranged(
        cls, architecture: "NGram", levels: list[Grams], smoothed: list[Interpolation], vocab: int
    ) -> "NGramModel":
        """Takes the n-grams of 0, 1, ... tokens as they were smoothed; longer ones are left out."""
        return cls(NGramTables.of(levels[: architecture.order + 1], smoothed, vocab), architecture, vocab)

    @property
    def lead(self) -> int:
        return max(self.architecture.order - 2, 0)

    def count(self, words: EncodedWords) -> "NGramModel":
        return self.of(self.architecture, words, self.vocab)

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
        return self.logits(self.histories(tokens))

    def begin(self, batch: int) -> Int[Array, "batch order"]:
        return jnp.broadcast_to(jnp.asarray(self.tables.trie.starts), (batch, self.architecture.order))

    def advance(
        self, state: Int[Array, "batch order"], token: Int[Array, " batch"]
    ) -> tuple[Float[Array, "batch vocab"], Int[Array, "batch order"]]:
        state = self.move(state, token)
        return self.logits(state), state

    def histories(self, tokens: Int[Array, "batch time"]) -> Int[Array, "batch position order"]:
        """Returns the nodes of the histories of 0, 1, ... tokens at each position that has enough tokens before it."""
        model = jax.tree.map(jnp.asarray, self)

        def step(state: Int[Array, "batch order"], token: Int[Array, " batch"]) -> tuple[Array, Array]:
            return (state := model.move(state, token)), state

        _, nodes = jax.lax.scan(step, self.begin(len(tokens)), tokens.T)
        return nodes.swapaxes(0, 1)[:, min(self.lead, tokens.shape[1] - 1) :]

    def log_probabilities(self, encoded: EncodedWords) -> Float[np.ndarray, " predictions"]:
        """Returns the natural log probability of every character and end of `encoded`, float64.

        It is -inf for a token that unsmoothed counts hold impossible.
        """
        tables = jax.tree.map(np.asarray, self.tables)
        cuts = np.append(encoded.starts[::WORDS], encoded.predictions)
        result = np.empty(encoded.predictions)
        for start, stop in pairwise(cuts):
            probability = np.full(stop - start, 1 / self.vocab)
            for node, child in tables.trie.walk(encoded.tokens[start : stop + 1], self.vocab):
                probability = tables.gain[child] + tables.weight[node] * probability
            with np.errstate(divide="ignore"):
                result[start:stop] = np.log(probability)
        return result

    def move(self, state: Int[Array, "batch order"], token: Int[Array, " batch"]) -> Int[Array, "batch order"]:
        """Returns the nodes of the histories of 0, 1, ... tokens that end with `token`; a boundary begins a word."""
        token, trie = token[:, None], jax.tree.map(jnp.asarray, self.tables.trie)
        longer = trie.follow(state[:, :-1], token, self.vocab)
        moved = jnp.concatenate([state[:, :1], longer], axis=1)
        return jnp.where(token == BOUNDARY, trie.starts, moved)

    def logits(self, nodes: Int[Array, "*axes order"]) -> Float[Array, "*axes vocab"]:
        """Returns the log probabilities after the histories at `nodes`."""
        rows = jnp.asarray(self.tables.rows)
        logits = rows[jnp.where(nodes < len(rows), nodes, MISSING).max(axis=-1)]
        further = any(self.tables.followers)
        return jnp.log(self._extend(jnp.exp(logits), nodes)) if further else logits

    def weights(self, nodes: Int[Array, "*axes order"]) -> Float[Array, "*axes order"]:
        """Returns the weight that each history at `nodes` leaves to the shorter one; 1 for one without followers."""
        return jnp.asarray(self.tables.weight, jnp.float32)[nodes]

    def _extend(
        self, distribution: Float[Array, "*axes vocab"], nodes: Int[Array, "*axes order"]
    ) -> Float[Array, "*axes vocab"]:
        """Interpolates from the distribution after the longest history that has a row to the longest of all."""
        tables = jax.tree.map(jnp.asarray, self.tables)
        covered = nodes.shape[-1] - len(tables.followers)
        for length, most in enumerate(tables.followers, start=covered):
            if most:
                node = nodes[..., length]
                distribution = tables.weight[node][..., None] * distribution + self._gains(tables, node, most)
        return distribution

    def _gains(self, tables: NGramTables, node: Int[Array, "*axes"], most: int) -> Float[Array, "*axes vocab"]:
        """Returns the gain of every token after the histories at `node`, which `most` tokens or fewer ever followed."""
        child = tables.trie.first[node][..., None] + jnp.arange(most)
        exists = child < tables.trie.first[node + 1][..., None]
        token = jnp.where(exists, tables.trie.token.take(child, mode="clip").astype(jnp.int32), self.vocab)
        gain = tables.gain.take(child, mode="clip").reshape(-1, most)
        rows = jnp.zeros((gain.shape[0], self.vocab), gain.dtype)
        row, column = jnp.arange(gain.shape[0])[:, None], token.reshape(-1, most)
        return rows.at[row, column].set(gain, mode="drop").reshape(*node.shape, self.vocab)


@dataclass(frozen=True)
class NGram(Architecture):
    """Smoothed counts of what followed the last `order` - 1 tokens."""

    name: ClassVar[str] = "ngram"
    recipe: ClassVar[Recipe] = Recipe(steps=0)
    tiny: ClassVar = {"order": 3}

    order: Annotated[int, Ge(1), Le(10), Doc("Tokens in the longest n-gram.")] = 5
    smoothing: Annotated[Smoothing, Doc("How rare and unseen n-grams get their share.")] = "kneser-ney"
    k: Annotated[Magnitude, Doc("add-k smoothing: the number added to every count.")] = 0.1
    prune: Prune = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        check_thresholds(self.prune)

    def rules(self) -> dict[str, Any]:
        """Returns the settings by which counts are smoothed."""
        return {"smoothing": self.smoothing, "k": self.k, "prune": self.prune}

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> NGramModel:
        """Returns the model that has counted nothing and gives every token the same probability."""
        return self.count(EncodedWords(np.array([BOUNDARY], np.min_scalar_type(vocab - 1))), vocab)

    def examples(self, words: EncodedWords, vocab: int) -> Examples:
        return windows(words, max(self.order - 1, 1))

    def count(self, words: EncodedWords, vocab: int) -> NGramModel:
        """Returns the model of `words`, whose tokens are all below `vocab`."""
        return NGramModel.of(self, words, vocab)
