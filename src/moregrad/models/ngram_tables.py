"""The tables of an n-gram model: what smoothing found, in the form in which models look it up."""

from collections.abc import Mapping

import equinox as eqx
import numpy as np
from jaxtyping import Array, Float

from moregrad.errors import ModelError
from moregrad.layers.layer import Tables
from moregrad.ngrams.counting import Grams
from moregrad.ngrams.smoothing import Interpolation, distributions, join
from moregrad.ngrams.trie import Trie

NAMES = ("first", "token", "starts", "gain", "weight")

ROOM = 2**22
"""The most numbers in the rows of histories of one length (16 MiB of float32)."""


class NGramTables(Tables):
    """A trie of n-grams with the gain of each and the weight of every history.

    `rows` holds the log probabilities after the shorter histories, so many lengths as ROOM allows; those after longer
    ones are computed when needed, and `followers` bounds how many tokens ever followed one of each of these lengths.
    All are NumPy arrays, `gain` and `weight` float64, so that probabilities are exact where NumPy computes them; JAX
    computes in float32.
    """

    trie: Trie
    gain: Float[Array | np.ndarray, " nodes"]
    weight: Float[Array | np.ndarray, " histories"]
    rows: Float[Array | np.ndarray, "short vocab"]
    followers: tuple[int, ...] = eqx.field(static=True)

    @classmethod
    def of(cls, levels: list[Grams], smoothed: list[Interpolation], vocab: int) -> "NGramTables":
        """Arranges n-grams as `count_grams` and `smooth` return them."""
        return cls._with_rows(Trie.of(levels), *join(smoothed), vocab)

    def without_rows(self) -> "NGramTables":
        """Returns the tables with no row but that of the missing history: far smaller, and slower to look up."""
        return NGramTables(self.trie, self.gain, self.weight, self.rows[:1], _widths(self.trie, self.rows.shape[1]))

    @classmethod
    def _with_rows(cls, trie: Trie, gain: np.ndarray, weight: np.ndarray, vocab: int) -> "NGramTables":
        rows = [np.full((1, vocab), 1 / vocab), *distributions(trie, gain, weight, vocab, room=ROOM)]
        with np.errstate(divide="ignore"):
            logits = np.log(np.concatenate(rows)).astype(np.float32)
        return cls(trie, gain, weight, logits, _widths(trie, vocab)[len(rows) - 1 :])

    def compress(self) -> dict[str, np.ndarray]:
        tables = {**vars(self.trie), "gain": self.gain, "weight": self.weight}
        return {name: np.asarray(table) for name, table in tables.items()}

    def restore(self, arrays: Mapping[str, np.ndarray]) -> "NGramTables":
        order, vocab = len(self.trie.starts), self.rows.shape[1]
        try:
            *nodes, gain, weight = (arrays[name] for name in NAMES)
        except KeyError as error:
            raise ModelError(f"its tables of counts have no {error}") from error
        trie = Trie.checked(*nodes, order=order, vocab=vocab)
        for name, table, length in (("gain", gain, len(trie.token)), ("weight", weight, len(trie.first) - 1)):
            shaped = table.dtype == np.float64 and table.shape == (length,)
            if not (shaped and ((table >= 0) & (table <= 1)).all()):
                raise ModelError(f"its table {name} is not {length:,} shares of a probability")
        return self._with_rows(trie, gain, weight, vocab)


def _widths(trie: Trie, vocab: int) -> tuple[int, ...]:
    """Returns the most followers of a history of 0, 1, ... tokens; powers of two, since each is compiled anew."""
    return tuple(min(1 << (most - 1).bit_length(), vocab) if most else 0 for most in trie.most_followers())
