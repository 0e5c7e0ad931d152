"""The surprisal of words under a model, in nats, bits and perplexity."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from jaxtyping import Float, Int

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import Index, is_in
from moregrad.data.vocabulary import UNKNOWN, Vocabulary
from moregrad.evaluation.precision import standard_error
from moregrad.evaluation.surprisal import surprisals
from moregrad.models.model import Model

LONGEST = 2**14 - 1
"""Characters of the longest word that is scored; memory grows with it."""


@dataclass(frozen=True)
class Score:
    """The total surprisal of some words in nats, accumulated in float64.

    `standard_error` is that of `nats`, the words taken for a random sample of those like them; None for fewer than two
    words. `sampled_from` is the number of words in the list where only a sample of it was scored, else None.
    """

    total: float
    predictions: int
    words: int
    standard_error: float | None = None
    sampled_from: int | None = None

    @classmethod
    def of(
        cls, totals: Float[np.ndarray, " words"], sizes: Int[np.ndarray, " words"], sampled_from: int | None = None
    ) -> "Score":
        """Sums the `totals` in nats of some words of so many predictions each."""
        error = standard_error(totals, sizes)
        return cls(float(totals.sum()), int(sizes.sum()), len(totals), error, sampled_from)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Score":
        """Reads what `to_dict` wrote."""
        total = record["total"]
        return msgspec.convert({**record, "total": math.inf if total is None else total}, cls)

    def to_dict(self) -> dict[str, Any]:
        """Returns words, predictions and every measure as JSON data; None stands for infinity and NaN."""
        means = {"nats": self.nats, "bits": self.bits, "perplexity": self.perplexity, "total": self.total}
        return {
            "words": self.words,
            "predictions": self.predictions,
            **{k: _finite(v) for k, v in means.items()},
            "standard_error": self.standard_error,
            "sampled_from": self.sampled_from,
        }

    @property
    def nats(self) -> float:
        """Mean surprisal per character in nats, the end of each word counted; NaN if there are no words."""
        return self.total / self.predictions if self.predictions else math.nan

    @property
    def bits(self) -> float:
        """Mean surprisal per character in bits."""
        return self.nats / math.log(2)

    @property
    def perplexity(self) -> float:
        """e to the power of `nats`: the number of equally likely tokens that would be as uncertain."""
        with np.errstate(over="ignore"):
            return float(np.exp(self.nats))


@dataclass(frozen=True)
class Evaluation:
    """The scores of all words of a list and of those that are not in the training words."""

    all: Score
    unseen: Score

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Evaluation":
        """Reads what `to_dict` wrote."""
        return cls(Score.from_dict(record["all"]), Score.from_dict(record["unseen"]))

    def to_dict(self) -> dict[str, Any]:
        """Returns both scores as JSON data."""
        return {"all": self.all.to_dict(), "unseen": self.unseen.to_dict()}


@dataclass(frozen=True)
class WordScore:
    """The surprisal of a word: nats of each character and of the end.

    A word that cannot be scored has no surprisal; `problem` says why.
    """

    word: str
    surprisal: tuple[float, ...] = ()
    problem: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Returns the columns of `score_table` as JSON data; None stands for infinity, NaN and what does not apply."""
        return {
            "word": self.word,
            "nats": _finite(self.nats),
            "nats_per_character": _finite(self.nats_per_character),
            "surprisal": [_finite(nats) for nats in self.surprisal] or None,
            "problem": self.problem or None,
        }

    @property
    def nats(self) -> float:
        """Nats of the whole word and its end; NaN if it cannot be scored."""
        return sum(self.surprisal) if self.surprisal else math.nan

    @property
    def nats_per_character(self) -> float:
        """Mean nats per character, the end counted; NaN if it cannot be scored."""
        return self.nats / len(self.surprisal) if self.surprisal else math.nan


def evaluate(
    model: Model, encoded: EncodedWords, *, seen: EncodedWords | Index, sampled_from: int | None = None
) -> Evaluation:
    """Scores `encoded`, which may be a sample of a longer list, as a whole and without the words of `seen`."""
    totals, sizes = sum_by_word(surprisals(model, encoded), encoded), encoded.lengths + 1
    unseen = ~is_in(encoded, seen)
    return Evaluation(Score.of(totals, sizes, sampled_from), Score.of(totals[unseen], sizes[unseen], sampled_from))


def score_words(model: Model, vocabulary: Vocabulary, words: Sequence[str]) -> list[WordScore]:
    """Scores every word, in the order given."""
    found = find_problems(model, vocabulary, words)
    encoded = EncodedWords.of([word for index, word in enumerate(words) if index not in found], vocabulary)
    nats = iter(np.split(surprisals(model, encoded), encoded.starts[1:]))
    return [
        WordScore(word, problem=found[index]) if index in found else WordScore(word, tuple(next(nats).tolist()))
        for index, word in enumerate(words)
    ]


def find_problems(model: Model, vocabulary: Vocabulary, words: Sequence[str]) -> dict[int, str]:
    """Maps the index of each word that cannot be scored to the reason."""
    owner = np.repeat(np.arange(len(words)), np.fromiter(map(len, words), np.int64, len(words)))
    unknown = np.unique(owner[vocabulary.ids("".join(words)) == UNKNOWN])
    found = {index: _unknown_character(words[index], vocabulary) for index in map(int, unknown)}
    if model.longest is not None and model.longest <= LONGEST:
        most, reason = model.longest, "which this model cannot read"
    else:
        most, reason = LONGEST, "the most that is scored at once"
    too_long = f"longer than {most} characters, {reason}"
    return found | {index: too_long for index, word in enumerate(words) if len(word) > most}


def _unknown_character(word: str, vocabulary: Vocabulary) -> str:
    index = int(np.argmin(vocabulary.ids(word)))
    return f"{word[index]!r} at position {index + 1} is not in the vocabulary {vocabulary.characters[:80]!r}"


def sum_by_word(nats: Float[np.ndarray, " predictions"], encoded: EncodedWords) -> Float[np.ndarray, " words"]:
    """Sums the nats of each word and its end, in float64."""
    return np.add.reduceat(nats.astype(np.float64), encoded.starts) if len(encoded) else np.zeros(0)


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
