"""The place of words among all that a model can make, by probability: how many are more probable.

The most probable words are counted exactly, all others by importance sampling (Dell'Amico & Filippone 2015, "Monte
Carlo strength evaluation"): every word drawn stands for 1 / p words.
"""

from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from jaxtyping import Float, Float64, Int

from moregrad.data.vocabulary import BOUNDARY
from moregrad.models.model import Model
from moregrad.sampling.automaton import everything
from moregrad.sampling.free import BATCH, draw_freely
from moregrad.sampling.options import Sampling
from moregrad.sampling.search import Search

BATCHES = 16
"""Batches of words drawn: with 16,384 words the standard error of most ranks is 1 to 3 %."""
EXACT, EFFORT = 1000, 10**5
"""Words whose ranks are exact, and the prefixes looked at to find them; fewer are if these do not suffice."""
FEWEST = 10
"""Draws that must be less probable than a word for its rank to be more than a lower limit."""
CLOSE = 1e-4
"""Nats within which two words pass for equally probable, since float32 sums differ by as much."""


@dataclass(frozen=True)
class Rank:
    """The place of a word by probability, 1 for the most probable, with its standard error, 0 where it was counted.

    The error is infinite where the rank is no more than a lower limit; both are NaN for a word that cannot be scored.
    """

    word: str
    rank: float
    standard_error: float

    def to_dict(self) -> dict[str, Any]:
        """Returns the rank as plain data."""
        return {"word": self.word, "rank": self.rank, "standard_error": self.standard_error}


@dataclass(frozen=True, eq=False)
class Ranks:
    """The nats of the most probable words, and of words drawn from the model, both ascending: ranks are read off them.

    `is_all` tells that there are no others than the most probable. Of `draws` that were made, those that did not end
    in time, the empty word and the most probable words are left out of `drawn`: they stand for no other word. So the
    probabilities are the model's own, and nothing needs to be known of their share.
    """

    top: Float64[np.ndarray, " top"]
    is_all: bool
    drawn: Float64[np.ndarray, " drawn"]
    draws: int

    @classmethod
    def of(cls, model: Model, vocab: int, *, longest: int, seed: int = 0) -> "Ranks":
        """Searches and draws among the words of 1 to `longest` characters."""
        top, is_all = _search(model, vocab, longest)
        drawn = np.zeros(0) if is_all else _draw(model, vocab, longest, seed)
        last = top.max(initial=-np.inf)
        return cls(top, is_all, np.sort(drawn[drawn > last + CLOSE]), BATCHES * BATCH)

    def __call__(
        self, nats: Float[np.ndarray, " words"]
    ) -> tuple[Float64[np.ndarray, " words"], Float64[np.ndarray, " words"]]:
        """Returns the ranks of words of so many nats, their ends included, and the standard errors.

        Words as probable as one another have the same rank. A rank is exact among the most probable words and where
        there are no others. Behind them it is an unbiased estimate; its error is infinite, and the rank a lower limit,
        where next to no draw was less probable, and for a word that the model holds impossible. NaN gives NaN.
        """
        nats = np.asarray(nats, np.float64)
        before = np.searchsorted(self.top, nats - CLOSE)
        reached = np.searchsorted(self.drawn, nats - CLOSE)
        mean, error = self._estimate(nats, reached)
        is_exact = self.is_all | (before < len(self.top))
        is_limit = ~is_exact & (len(self.drawn) - reached < FEWEST)
        error = np.where(is_limit, np.inf, np.where(is_exact, 0, error))
        rank = 1 + before + np.where(is_exact, 0, mean)
        return np.where(np.isnan(nats), np.nan, rank), np.where(np.isnan(nats), np.nan, error)

    def _estimate(
        self, nats: Float64[np.ndarray, " words"], reached: Int[np.ndarray, " words"]
    ) -> tuple[Float64[np.ndarray, " words"], Float64[np.ndarray, " words"]]:
        """Returns for how many words the first so many draws stand, and the standard error.

        The error allows for one draw more that is as probable as the word, since none at all would show no error. All
        is computed with logarithms, for there may be more words than float64 holds the square of.
        """
        sums, squares = (
            np.concatenate([[-np.inf], np.logaddexp.accumulate(power * self.drawn)])[reached] for power in (1, 2)
        )
        with np.errstate(over="ignore", invalid="ignore"):
            mean = np.exp(sums) / self.draws
            relative = np.sqrt(np.maximum(np.exp(squares - 2 * sums) - 1 / self.draws, 0))
            return mean, np.hypot(np.where(reached > 0, mean * relative, 0), np.exp(nats) / self.draws)


def _search(model: Model, vocab: int, longest: int) -> tuple[Float64[np.ndarray, " top"], bool]:
    """Returns the nats of the most probable words, and whether there are no others."""
    search = Search(model, everything(vocab), np.zeros(0, np.int64), longest=longest)
    *_, last = search(EXACT, lambda words: np.ones(len(words), bool), most=EFFORT)
    return last.words.nats, last.is_done and len(last.words) < EXACT


def _draw(model: Model, vocab: int, longest: int, seed: int) -> Float64[np.ndarray, " drawn"]:
    """Returns the nats of those words drawn that ended within `longest` characters and are not empty."""
    batches = draw_freely(model, np.zeros(0, np.uint8), Sampling(seed=seed), vocab=vocab, longest=longest)
    return np.concatenate([batch.nats[batch.ids[:, 0] != BOUNDARY] for batch in islice(batches, BATCHES)], dtype=float)
