"""The figures that words are compared with, each computed when it is first asked for."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import Known, hash_words
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import ModelError
from moregrad.evaluation.held_out import HeldOut
from moregrad.evaluation.novelty import Listed, is_resolved, too_little_left
from moregrad.evaluation.samples import SAMPLE
from moregrad.evaluation.standing import NovelStanding, Standing
from moregrad.evaluation.surprisal import word_nats
from moregrad.models.model import Model
from moregrad.sampling.coverage import estimate_mass

HELD_OUT = 20_000
"""Words of a split that others are compared with at most."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """A model and the words of its splits, the one called `train` and those held out; `longest` has the longest word.

    The probability that the model puts on a list is exact up to 50,000 words, and beyond that estimated to 0.002 from
    words that it makes.
    """

    model: Model
    vocabulary: Vocabulary
    splits: Mapping[str, EncodedWords]
    train: str
    known: Known
    longest: int

    @cached_property
    def trained(self) -> Listed:
        """The training words, with the probability that the model puts on them."""
        words, index = self.splits[self.train], self.known[self.train]
        if len(words) <= SAMPLE:
            return Listed.of(word_nats(self.model, words), words)
        return Listed.estimated(self._estimate(Known.of({self.train: index})), index)

    @cached_property
    def held_out(self) -> HeldOut:
        """The surprisal of held-out words that were not trained on, each counted once, of 20,000 at most of a split."""
        words = EncodedWords.join(split.first(HELD_OUT) for name, split in self.splits.items() if name != self.train)
        first = np.sort(np.unique(hash_words(words), return_index=True)[1])
        return HeldOut.of(self.model, words.take(first[~self.known[self.train].holds(words)[first]]))

    @cached_property
    def standing(self) -> Standing:
        """The standing of any word: the split that holds it, and its percentile among held-out words."""
        return Standing(self.known, self.held_out)

    @cached_property
    def novel_standing(self) -> NovelStanding:
        """The same and its nats given that it is new; raises ModelError if too little is left for new words."""
        empty = float(np.exp(-word_nats(self.model, EncodedWords.of([""], self.vocabulary))).sum())
        mass = self._mass_of_all() + empty
        if not is_resolved(mass):
            raise ModelError(too_little_left(mass))
        return NovelStanding(self.known, self.held_out, math.log1p(-mass))

    def _mass_of_all(self) -> float:
        if sum(map(len, self.splits.values())) > SAMPLE:
            return self._estimate(self.known)
        words = EncodedWords.join(self.splits.values())
        return Listed.of(word_nats(self.model, words), words).mass

    def _estimate(self, known: Known) -> float:
        return estimate_mass(self.model, self.vocabulary, known, longest=self.longest)
