"""A list split and encoded: what all runs on it have in common before their first step."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from moregrad.data.corpus import Corpus
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.marked import encode_parts
from moregrad.data.splits import Splits
from moregrad.data.splits import split as split_corpus
from moregrad.data.vocabulary import Vocabulary
from moregrad.fork import check_process
from moregrad.models.architecture import Architecture
from moregrad.recipe import Recipe
from moregrad.runs.fit import begin
from moregrad.runs.planning import plan, plan_start
from moregrad.runs.record import Record, versions
from moregrad.runs.run import TEST, TRAIN, VALIDATION, Run
from moregrad.runs.starting import Starting, settle


@dataclass(frozen=True, eq=False)
class Preparation:
    """The words of a corpus by split, encoded, with the record of where they come from, and what training starts from.

    `vocabulary` has the symbols of labels as well, if words have labels.
    """

    corpus: Corpus
    vocabulary: Vocabulary
    splits: Mapping[str, EncodedWords]
    record: Record
    start: Starting

    @classmethod
    def of(cls, corpus: Corpus, *, split: str, start: Starting) -> "Preparation":
        """Splits and encodes `corpus`."""
        check_process()
        parts = split_corpus(corpus, split)
        vocabulary, (train, validation, test) = encode_parts(corpus, parts)
        splits = {TRAIN: train, VALIDATION: validation, TEST: test}
        return cls(corpus, vocabulary, splits, record_of(corpus, parts), start)

    def begin(self, architecture: Architecture, recipe: Recipe, *, given: Collection[str]) -> Run:
        """Returns a run before its first step; settings that follow from the size of the list do if not `given`."""
        size = len(self.splits[TRAIN])
        begun = settle(self.start, architecture, self.corpus.vocabulary, size)
        plans = plan if begun is None else plan_start
        planned = plans(architecture, recipe, size, given=given)
        return begin(self.splits, self.vocabulary, *planned, self.record, start=begun)


def record_of(corpus: Corpus, parts: Splits) -> Record:
    """Returns the record of a run on `corpus`, split into `parts`, before its first step."""
    return Record(
        source=corpus.source,
        origin=corpus.origin,
        fingerprint=corpus.fingerprint,
        cleaning=corpus.report,
        split=parts.how,
        words={TRAIN: len(parts.train), VALIDATION: len(parts.validation), TEST: len(parts.test)},
        leakage=parts.leakage,
        versions=versions(),
        lower=corpus.reading.lower,
        labels=corpus.report.labels,
        label_column=corpus.reading.label,
    )
