"""Rows that carry what counts say of them, made without the words at hand."""

from collections.abc import Sequence

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int, Integer

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples, PackedRows, Targets, Tokens
from moregrad.models.counts import SMALLEST, Evidence
from moregrad.models.sequence_model import row_width
from moregrad.ngrams.cross_fitting import Lookup, cross_fit
from moregrad.ngrams.smoothing import Smoothing

FOLDS = 10

ROOM = 2**27
"""The most probabilities kept (512 MiB of float32); of longer lists, fewer words are trained on."""


class Counted(eqx.Module):
    """Tokens, and what counts that have not counted them say at the last positions."""

    tokens: Tokens
    evidence: Evidence


class CountedRows(Examples):
    """Packed rows with what counts say at each prediction: log probabilities and the weights of histories, by order."""

    packed: PackedRows
    log_p: tuple[Float[Array, "predictions vocab"], ...]
    weights: tuple[Float[Array, "predictions _"], ...]
    networks: int = eqx.field(static=True)

    @classmethod
    def of(
        cls,
        words: EncodedWords,
        vocab: int,
        orders: Sequence[int],
        smoothing: Smoothing,
        *,
        lead: int,
        networks: int,
        prune: Sequence[int] = (),
    ) -> "CountedRows":
        """Counts `words` in folds; of a list too long for ROOM, the first folds only are made rows of."""
        folds, used = deal(words.predictions * len(orders) * vocab)
        words, lookups = cross_fit(words, vocab, orders, smoothing, folds=folds, used=used, prune=prune)
        packed = PackedRows.packed(words, row_width(words), lead=lead)
        log_p, weights = zip(*(_padded(lookups.pop(0), packed.width) for _ in orders), strict=True)
        return cls(packed, log_p, weights, networks)

    @property
    def tokens(self) -> Integer[Array, " length"]:
        return self.packed.tokens

    @property
    def readers(self) -> int:
        return self.networks

    @property
    def size(self) -> int:
        return self.packed.size

    def rows(self, index: Int[Array, " batch"]) -> tuple[Counted, Targets]:
        tokens, targets = self.packed.rows(index)
        at = self.packed.starts[index][:, None] + jnp.arange(self.packed.width)
        evidence = Evidence.of([each[at] for each in self.log_p], [each[at] for each in self.weights])
        return Counted(tokens, evidence), targets

    def part(self, start: int, stop: int) -> "CountedRows":
        starts = np.asarray(self.packed.starts)
        said = slice(starts[start], starts[stop - 1] + self.packed.width)
        log_p, weights = jax.tree.map(lambda array: jax.device_put(np.asarray(array)[said]), (self.log_p, self.weights))
        return CountedRows(self.packed.part(start, stop), log_p, weights, self.networks)


def deal(numbers: int) -> tuple[int, int]:
    """Returns how many folds a list is dealt into whose probabilities are so many `numbers`, and how many are used."""
    share = min(ROOM / max(numbers, 1), 1)
    return (FOLDS, int(FOLDS * share)) if FOLDS * share >= 1 else (int(1 / share) + 1, 1)


def _padded(lookup: Lookup, width: int) -> tuple[Array, Array]:
    """Returns log probabilities and weights with rows to spare, since the last row may reach beyond the last word."""
    # In place, since there may be hundreds of MiB.
    np.maximum(lookup.probability, SMALLEST, out=lookup.probability)
    np.log(lookup.probability, out=lookup.probability)
    log_p, weights = (np.pad(each, ((0, width), (0, 0)), mode="edge") for each in (lookup.probability, lookup.weights))
    return jax.device_put(log_p), jax.device_put(weights)
