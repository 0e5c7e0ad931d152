"""The held-out words of a list as a measure for others: which share of them is less plausible than a word?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from moregrad.data.encoded_words import EncodedWords
from moregrad.evaluation.surprisal import word_nats
from moregrad.models.model import Model


@dataclass(frozen=True, eq=False)
class HeldOut:
    """The nats per character of held-out words, ascending, and their mean over all characters, ends included."""

    nats_per_character: Float[np.ndarray, " words"]
    mean: float

    @classmethod
    def of(cls, model: Model, words: EncodedWords) -> "HeldOut":
        """Scores `words`, none of which `model` was trained on; without any, the mean is NaN."""
        nats = word_nats(model, words)
        mean = nats.sum() / words.predictions if len(words) else np.nan
        return cls(np.sort(nats / (words.lengths + 1)), float(mean))

    def __len__(self) -> int:
        """The number of words."""
        return len(self.nats_per_character)

    def percentiles(self, nats_per_character: Float[np.ndarray, " scored"]) -> Float[np.ndarray, " scored"]:
        """Returns for each word the share of held-out words, in percent, that cost more nats per character than it.

        NaN if there are no held-out words.
        """
        if not len(self):
            return np.full(len(nats_per_character), np.nan)
        likelier = len(self) - np.searchsorted(self.nats_per_character, nats_per_character, side="right")
        return 100 * likelier / len(self)
