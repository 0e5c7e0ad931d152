"""A trained model with all that sampling, scoring, evaluating and a server need of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

import jax.random as jr

from moregrad.data.membership import Known
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary, to_nfc
from moregrad.errors import DataError, ModelError
from moregrad.evaluation.scores import Evaluation, WordScore, evaluate, problems, score_words
from moregrad.models.architecture import Architecture
from moregrad.models.model import Model
from moregrad.sampling.decoding import Decoding
from moregrad.sampling.words import Sample, Wish, samples
from moregrad.training.loop import Progress
from moregrad.training.recipe import Recipe

TRAIN, VALIDATION, TEST = "train", "validation", "test"


@dataclass(frozen=True, eq=False)
class Run:
    """The only thing that crosses from training to everything after it.

    `model` is the best one by validation loss, `progress` the last one with its optimizer, to go on training from.
    """

    architecture: Architecture
    recipe: Recipe
    vocabulary: Vocabulary
    block: int
    model: Model
    progress: Progress
    splits: Mapping[str, EncodedWords]
    metrics: list[dict[str, Any]] = field(default_factory=list)
    record: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def known(self) -> Known:
        """The words of all splits."""
        return Known(self.splits)

    def sample(
        self,
        count: int = 10,
        *,
        prefix: str = "",
        temperature: float = 1.0,
        top_k: int = 0,
        top_p: float = 1.0,
        min_p: float = 0.0,
        max_length: int | None = None,
        novel: bool = False,
        distinct: bool = False,
        seed: int = 0,
    ) -> list[Sample]:
        """`count` words made by the model, each with its surprisal and whether it is in a split or new.

        Fewer come back if no more can be found that are `novel` (in no split) or `distinct`. Words have at most
        `max_length` characters: as many as the longest word the model was trained on, if not said otherwise.
        """
        if count < 0:
            raise ModelError(f"count {count}: must be 0 or more")
        if not 0 <= seed < 2**32:
            raise ModelError(f"seed {seed}: must be 0 or more, below 2^32")
        wish = Wish(self._longest(max_length), to_nfc(prefix), novel, distinct)
        decoding = Decoding(temperature, top_k, top_p, min_p)
        made = samples(self.model, self.vocabulary, self.known, wish, decoding, key=jr.key(seed))
        return list(islice(made, count))

    def score(self, words: Iterable[str]) -> list[WordScore]:
        """The surprisal in nats of every character of every word; a word that cannot be scored says why."""
        return score_words(self.model, self.vocabulary, _listed(words))

    def evaluate(self, words: Iterable[str] | None = None) -> dict[str, Evaluation]:
        """The loss on each split, or on the given `words`, over all words and over those not trained on.

        Words that `score` cannot score are left out; the number of words in the result tells how many were not.
        """
        splits = self.splits if words is None else {"words": self._encoded(words)}
        return {name: evaluate(self.model, encoded, seen=self.splits[TRAIN]) for name, encoded in splits.items()}

    def _encoded(self, words: Iterable[str]) -> EncodedWords:
        listed = _listed(words)
        refused = problems(self.model, self.vocabulary, listed)
        return EncodedWords.of([word for place, word in enumerate(listed) if place not in refused], self.vocabulary)

    def __repr__(self) -> str:
        words = sum(map(len, self.splits.values()))
        return f"<Run of {self.architecture!r}, {words:,} words, step {int(self.progress.step):,}>"

    def _longest(self, asked: int | None) -> int:
        allowed = self.model.longest
        if asked is None:
            return self.block - 1
        if asked < 1 or (allowed is not None and asked > allowed):
            span = "1 or more" if allowed is None else f"from 1 to {allowed} for this model"
            raise ModelError(f"max-length {asked}: must be {span}")
        return asked


def _listed(words: Iterable[str]) -> list[str]:
    if isinstance(words, str):
        raise DataError(f"{words!r:.60} is one text; give a list of words, such as ['emma', 'olivia']")
    return [to_nfc(word) for word in words]
