"""Rows of words in a file: those that the next steps ask for are read ahead, and the program gets no others."""

from dataclasses import dataclass

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Int

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples, Inputs, PackedRows, Targets, Windows, pack
from moregrad.data.stored_words import StoredWords
from moregrad.errors import ModelError

MOST_ROWS = 2**31 - 1
"""Rows that can be numbered."""


@dataclass(frozen=True, eq=False)
class Cut:
    """Words in a file, cut into rows: row k begins at the token `bounds[k]` and ends before the next one's.

    Without bounds each row is one prediction. No part of a program that is compiled, whose arrays these would become.
    """

    words: StoredWords
    bounds: Int[np.ndarray, " bounds"] | None


class StoredRows(Examples):
    """Rows of `width` predictions with `lead` tokens before each, whose tokens stay in the file."""

    cut: Cut = eqx.field(static=True)
    width: int = eqx.field(static=True)
    lead: int = eqx.field(static=True)

    @classmethod
    def windows(cls, words: StoredWords, context: int) -> "StoredRows":
        """Makes the rows of `Windows`; raises ModelError for more than can be numbered."""
        if words.predictions > MOST_ROWS:
            raise ModelError(
                f"a row for each of {words.predictions:,} characters is more than the {MOST_ROWS:,} that can be "
                "numbered; choose a model that reads whole words, such as gru, or give fewer words"
            )
        return cls(Cut(words, None), 1, context - 1)

    @classmethod
    def packed(cls, words: StoredWords, width: int, *, lead: int = 0) -> "StoredRows":
        """Packs words as `PackedRows` does."""
        return cls(Cut(words, pack(words, width)), width, lead)

    @property
    def size(self) -> int:
        bounds = self.cut.bounds
        return self.cut.words.predictions if bounds is None else len(bounds) - 1

    def rows(self, index: Int[Array, " batch"]) -> tuple[Inputs, Targets]:
        return self.read(np.asarray(index)).rows(jnp.arange(len(index)))

    def read(self, index: Int[np.ndarray, " rows"]) -> PackedRows:
        """Reads the rows numbered `index` from the file, to be known by their places in `index` from then on."""
        bounds, words = self.cut.bounds, self.cut.words.tokens
        first = index.astype(np.int64) if bounds is None else bounds[index]
        size = 1 if bounds is None else bounds[index + 1] - first
        places = (first - self.lead)[:, None] + np.arange(self.lead + self.width + 1)
        inside = (places >= 0) & (places < len(words))
        tokens = np.where(inside, words[places.clip(0, len(words) - 1)], 0)
        starts = np.arange(len(index)) * places.shape[1]
        ends = starts + size
        arrays = jax.device_put((tokens.ravel(), starts.astype(np.int32), ends.astype(np.int32)))
        return PackedRows(*arrays, width=self.width, lead=self.lead)


def windows(words: EncodedWords, context: int) -> Windows | StoredRows:
    """Makes a row for every prediction of `words`, wherever they are."""
    return StoredRows.windows(words, context) if isinstance(words, StoredWords) else Windows.of(words, context)


def packed_rows(words: EncodedWords, width: int, *, lead: int = 0) -> PackedRows | StoredRows:
    """Packs `words`, wherever they are, as many to a row as fit."""
    if isinstance(words, StoredWords):
        return StoredRows.packed(words, width, lead=lead)
    return PackedRows.packed(words, width, lead=lead)
