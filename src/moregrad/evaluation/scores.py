"""The surprisal of words under a model, in nats, bits and perplexity."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from jaxtyping import Float, Int

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import UNKNOWN, Vocabulary
from moregrad.evaluation.good_turing import calibrate, has_repeats
from moregrad.evaluation.novelty import Listed
from moregrad.evaluation.precision import standard_error
from moregrad.evaluation.samples import draw
from moregrad.evaluation.surprisal import surprisals, word_nats
from moregrad.models.model import Model

LONGEST = 2**14 - 1
"""Characters of the longest word that is scored; memory grows with it."""


OF_ONE_WORD = 0.5
"""Nats by which the loss of one word differs from that of another, within a factor of two on all lists looked at."""


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
    def uncertainty(self) -> float | None:
        """The standard error; of a single word, which has none, what that of one word usually is."""
        return OF_ONE_WORD if self.words == 1 and self.standard_error is None else self.standard_error

    @property
    def perplexity(self) -> float:
        """e to the power of `nats`: the number of equally likely tokens that would be as uncertain."""
        with np.errstate(over="ignore"):
            return float(np.exp(self.nats))


@dataclass(frozen=True)
class Evaluation:
    """The scores of all words of a list and of those that are not in the training words, the `unseen` ones.

    `training_mass` is M, the probability that the model puts on all distinct training words together. `given_new` are
    the unseen words again, each with p(w) / (1 - M), its probability given that it is not among the training words.
    `calibrated` are all words where training words are repeated: with the probability that Good and Turing expect a
    known word to have. They are None in records of earlier versions, and where 1 - M is too small for float32 to tell;
    `calibrated` also where no training word is repeated.
    """

    all: Score
    unseen: Score
    given_new: Score | None = None
    calibrated: Score | None = None
    training_mass: float | None = None

    @classmethod
    def of(
        cls,
        nats: Float[np.ndarray, " words"],
        encoded: EncodedWords,
        trained: Listed,
        drawn_from: EncodedWords | None = None,
    ) -> "Evaluation":
        """Sums the surprisals `nats` of the words of `encoded` under a model that was trained on `trained`.

        `drawn_from` is the list of which `encoded` may be a sample.
        """
        unseen, sizes = ~trained.holds(encoded), encoded.lengths + 1
        sampled_from = None if drawn_from is None or drawn_from is encoded else len(drawn_from)
        given_new = calibrated = None
        if math.isfinite(trained.log_rest):
            given_new = Score.of(nats[unseen] + trained.log_rest, sizes[unseen], sampled_from)
            if has_repeats(trained):
                calibrated = Score.of(calibrate(nats, encoded, trained), sizes, sampled_from)
        every, new = Score.of(nats, sizes, sampled_from), Score.of(nats[unseen], sizes[unseen], sampled_from)
        return cls(every, new, given_new, calibrated, trained.mass)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Evaluation":
        """Reads what `to_dict` wrote, or an earlier version of it, which had the first two scores only."""
        scores = {name: Score.from_dict(record[name]) for name in SCORES if record.get(name) is not None}
        return cls(**scores, training_mass=msgspec.convert(record.get("training_mass"), float | None))

    def to_dict(self) -> dict[str, Any]:
        """Returns the scores and M as JSON data; None stands for a score that there is not."""
        scores = {name: getattr(self, name) for name in SCORES}
        written = {name: score and score.to_dict() for name, score in scores.items()}
        return {**written, "training_mass": self.training_mass and _finite(self.training_mass)}


SCORES = ("all", "unseen", "given_new", "calibrated")


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


def evaluate(model: Model, encoded: EncodedWords, *, seen: EncodedWords) -> Evaluation:
    """Scores `encoded` as a whole and without the words of `seen`, those that `model` was trained on."""
    return Evaluation.of(word_nats(model, encoded), encoded, Listed.of(word_nats(model, seen), seen))


def evaluate_splits(
    model: Model, splits: Mapping[str, EncodedWords], *, trained: str, estimate: Callable[[], Listed]
) -> dict[str, Evaluation]:
    """Scores every split once, a long one on a sample; the model was trained on the one called `trained`.

    `estimate` returns the words of that one with the model's probability, if only a sample of them is scored.
    """
    drawn = {name: draw(split) for name, split in splits.items()}
    nats = {name: word_nats(model, words) for name, words in drawn.items()}
    is_whole = drawn[trained] is splits[trained]
    listed = Listed.of(nats[trained], drawn[trained]) if is_whole else estimate()
    return {name: Evaluation.of(nats[name], drawn[name], listed, splits[name]) for name in splits}


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


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
