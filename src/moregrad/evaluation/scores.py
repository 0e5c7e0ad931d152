"""What words cost a model: nats, bits, perplexity."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from jaxtyping import Bool, Float

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import is_in
from moregrad.data.vocabulary import UNKNOWN, Vocabulary
from moregrad.evaluation.surprisal import surprisals
from moregrad.models.model import Model


@dataclass(frozen=True)
class Score:
    """Total surprisal of some words, accumulated in float64."""

    total: float
    predictions: int
    words: int

    @classmethod
    def of(
        cls, nats: Float[np.ndarray, " predictions"], encoded: EncodedWords, chosen: Bool[np.ndarray, " words"]
    ) -> Self:
        """The score of the `chosen` words of `encoded`, whose tokens have surprisals `nats`."""
        totals = word_totals(nats, encoded)
        return cls(float(totals[chosen].sum()), int((encoded.lengths + 1)[chosen].sum()), int(chosen.sum()))

    @property
    def nats(self) -> float:
        """Mean surprisal per character, the end of each word counted; not a number if there are no words."""
        return self.total / self.predictions if self.predictions else math.nan

    @property
    def bits(self) -> float:
        """The same in bits."""
        return self.nats / math.log(2)

    @property
    def perplexity(self) -> float:
        """e to the nats: among how many equally likely tokens the model is undecided."""
        with np.errstate(over="ignore"):
            return float(np.exp(self.nats))


@dataclass(frozen=True)
class Evaluation:
    """The score of all words of a list and of those that training has not seen."""

    all: Score
    unseen: Score


def evaluate(model: Model, encoded: EncodedWords, *, seen: EncodedWords) -> Evaluation:
    """Scores `encoded`, whole and without the words of `seen`."""
    nats = surprisals(model, encoded)
    everything = np.ones(len(encoded), bool)
    return Evaluation(Score.of(nats, encoded, everything), Score.of(nats, encoded, ~is_in(encoded, seen)))


@dataclass(frozen=True)
class WordScore:
    """How surprising a word is; `surprisal` has one number of nats per character and one for the end.

    A word that cannot be scored has no surprisal and says in `problem` why.
    """

    word: str
    surprisal: tuple[float, ...] = ()
    problem: str = ""

    @property
    def nats(self) -> float:
        """Nats of the whole word and its end."""
        return sum(self.surprisal) if self.surprisal else math.nan

    @property
    def nats_per_character(self) -> float:
        """Mean nats per character, the end counted."""
        return self.nats / len(self.surprisal) if self.surprisal else math.nan


def score_words(model: Model, vocabulary: Vocabulary, words: Sequence[str]) -> list[WordScore]:
    """The surprisal of every character of every word, in the order given."""
    found = problems(model, vocabulary, words)
    encoded = EncodedWords.of([word for place, word in enumerate(words) if place not in found], vocabulary)
    nats = iter(np.split(surprisals(model, encoded), encoded.starts[1:]))
    return [
        WordScore(word, problem=found[place]) if place in found else WordScore(word, tuple(next(nats).tolist()))
        for place, word in enumerate(words)
    ]


def problems(model: Model, vocabulary: Vocabulary, words: Sequence[str]) -> dict[int, str]:
    """What keeps a word from being scored, by its place in `words`; most have no entry."""
    owner = np.repeat(np.arange(len(words)), np.fromiter(map(len, words), np.int64, len(words)))
    unknown = np.unique(owner[vocabulary.ids("".join(words)) == UNKNOWN])
    found = {place: _stranger(words[place], vocabulary) for place in map(int, unknown)}
    if model.longest is not None:
        too_long = f"longer than {model.longest} characters, which this model cannot read"
        found |= {place: too_long for place, word in enumerate(words) if len(word) > model.longest}
    return found


def _stranger(word: str, vocabulary: Vocabulary) -> str:
    place = int(np.argmin(vocabulary.ids(word)))
    return f"{word[place]!r} at position {place + 1} is not in the vocabulary {vocabulary.characters[:80]!r}"


def word_totals(nats: Float[np.ndarray, " predictions"], encoded: EncodedWords) -> Float[np.ndarray, " words"]:
    """Nats of each word and its end, in float64."""
    return np.add.reduceat(nats.astype(np.float64), encoded.starts) if len(encoded) else np.zeros(0)
