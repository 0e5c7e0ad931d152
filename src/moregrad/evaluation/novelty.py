"""The probability of words that are known to be new: in no list, and therefore not in the one that was trained on.

A model puts a part M of its probability on the distinct words of its own list, a quarter of it on 24,000 names. Of a
word that is known to be none of them the probability is p(w) / (1 - M), exactly: the distribution of words that are
drawn again for as long as they are in the list.
"""

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int, UInt64

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import Index, hash_words
from moregrad.evaluation.surprisal import word_nats
from moregrad.models.model import Model

RESOLVED = 1e-3
"""The smallest 1 - M that is told from 0: surprisals of float32 leave M uncertain by some 1e-6."""


@dataclass(frozen=True, eq=False)
class Listed:
    """The distinct words of a list, by hash and how often each occurs, and the log of M, their probability together."""

    hashes: UInt64[np.ndarray, " distinct"]
    counts: Int[np.ndarray, " distinct"]
    log_mass: float

    @classmethod
    def of(cls, nats: Float[np.ndarray, " words"], words: EncodedWords) -> "Listed":
        """Takes the distinct ones of `words`, whose surprisals a model puts at `nats`; sums in float64."""
        hashes, first, counts = np.unique(hash_words(words), return_index=True, return_counts=True)
        return cls(hashes, counts, float(np.logaddexp.reduce(-nats[first].astype(np.float64), initial=-np.inf)))

    @classmethod
    def estimated(cls, mass: float, words: Index) -> "Listed":
        """Takes the distinct ones of `words`, on which a model puts about `mass` together."""
        hashes, log_mass = words.hashes, math.log(mass) if mass else -math.inf
        new = hashes[1:] != hashes[:-1]
        if new.all():
            # Most long lists repeat no word, and need no second array of their size.
            return cls(hashes, np.broadcast_to(1, len(hashes)), log_mass)
        first = np.concatenate([[0], np.flatnonzero(new) + 1])
        return cls(hashes[first], np.diff(first, append=len(hashes)), log_mass)

    @property
    def mass(self) -> float:
        """M, the probability that the model puts on all the distinct words together."""
        return math.exp(self.log_mass)

    @property
    def log_rest(self) -> float:
        """The log of 1 - M, of what is left for words outside the list; NaN if that is below RESOLVED."""
        return math.log1p(-self.mass) if is_resolved(self.mass) else math.nan

    def places(self, words: EncodedWords) -> Int[np.ndarray, " words"]:
        """Returns the index in `hashes` of each word of `words`, and -1 for a word outside the list."""
        sought = hash_words(words)
        if not len(self.hashes):
            return np.full(len(words), -1)
        places = np.searchsorted(self.hashes, sought).clip(max=len(self.hashes) - 1)
        return np.where(self.hashes[places] == sought, places, -1)

    def holds(self, words: EncodedWords) -> Bool[np.ndarray, " words"]:
        """Tells for each word of `words` whether it is in the list."""
        return self.places(words) >= 0


def is_resolved(mass: float) -> bool:
    """Tells whether a model that puts `mass` on listed words leaves enough for others to compute with."""
    return 1 - mass >= RESOLVED


def too_little_left(mass: float) -> str:
    """Says that a model which puts `mass` on listed words leaves so little for others that no probability is told."""
    return (
        f"the model puts {min(mass, 1.0):.3%} of its probability on the words of its list, and float32 cannot tell "
        "what is left for new ones; train it for fewer steps, or on more words"
    )


def mass_on(model: Model, words: EncodedWords) -> float:
    """Returns M, the probability that `model` puts on all distinct words of `words` together."""
    return Listed.of(word_nats(model, words), words).mass
