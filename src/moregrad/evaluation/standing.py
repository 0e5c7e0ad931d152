"""The standing of a word beside its surprisal: the split that holds it, and its percentile."""

import math
from dataclasses import dataclass

import numpy as np
import polars as pl
from jaxtyping import Float

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import NEW, Known
from moregrad.evaluation.held_out import HeldOut


@dataclass(frozen=True, eq=False)
class Standing:
    """The words of the splits of a run, and the surprisal of those that were held out."""

    known: Known
    held_out: HeldOut

    def columns(self, words: EncodedWords, nats: Float[np.ndarray, " words"]) -> dict[str, pl.Series]:
        """Returns, for words of a surprisal of `nats` each, `where` they stand and their `percentile`."""
        percentiles = self.held_out.percentiles(nats / (words.lengths + 1))
        return {
            "where": pl.Series(self.known.locate(words), dtype=pl.String),
            "percentile": pl.Series(percentiles, dtype=pl.Float64, nan_to_null=True),
        }


@dataclass(frozen=True, eq=False)
class NovelStanding(Standing):
    """The same, with the log of the probability that is left for new words."""

    log_rest: float

    def columns(self, words: EncodedWords, nats: Float[np.ndarray, " words"]) -> dict[str, pl.Series]:
        """Returns the same and `nats_given_new`, null for a word that is in a split and for the empty one."""
        columns = super().columns(words, nats)
        new = (columns["where"] == NEW).to_numpy() & (words.lengths > 0)
        given_new = np.where(new, nats + self.log_rest, math.nan)
        return columns | {"nats_given_new": pl.Series(given_new, dtype=pl.Float64, nan_to_null=True)}
