"""Words from a model: as many as asked for, new or distinct ones if asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import compress, islice
from typing import Any

import numpy as np
from jaxtyping import Int

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import NEW, Known
from moregrad.data.vocabulary import Vocabulary
from moregrad.models.model import Model
from moregrad.models.ngram import NGram, NGramModel
from moregrad.sampling.automaton import Automaton
from moregrad.sampling.constrained import draw_wanted
from moregrad.sampling.constraints import UNCONSTRAINED, Constraints
from moregrad.sampling.draws import Draws
from moregrad.sampling.free import BATCH, check_prefix, draw_freely
from moregrad.sampling.options import Sampling
from moregrad.sampling.shortage import Tally, explain
from moregrad.sampling.target import Target

FRUITLESS_BATCHES, HOPELESS_DRAWS = 20, 20 * BATCH
"""Batches in a row without a wanted word after which the search ends, and draws that came to no word at all."""
FILTERED_AT_ONCE = 64
"""Words that filters see together; most lists asked for are short, and filters slow."""


@dataclass(frozen=True)
class Sample:
    """A word that a model made: its surprisal in nats, the end included, and the split that holds it, or 'new'.

    If words have labels, `label` is that of the word, and the surprisal is that given the label.
    """

    word: str
    nats: float
    where: str
    label: str | None = None

    @property
    def nats_per_character(self) -> float:
        """Mean surprisal per character, the end included."""
        return self.nats / (len(self.word) + 1)

    def to_dict(self) -> dict[str, Any]:
        """Returns the sample as plain data."""
        per_character = self.nats_per_character
        label = {} if self.label is None else {"label": self.label}
        facts = {"word": self.word, "nats": self.nats, "nats_per_character": per_character, "where": self.where}
        return {**facts, **label}


class Samples(list[Sample]):
    """Words that a model made; `shortage` says why they are fewer than asked for, and is empty if they are not."""

    shortage: str = ""


def name_label(samples: Samples, label: str | None) -> Samples:
    """Returns the words of a label, each with its name."""
    named = Samples(replace(sample, label=label) for sample in samples)
    named.shortage = samples.shortage
    return named


def collect(found: Iterator[Sample], options: Sampling, tally: Tally) -> Samples:
    """Takes as many words as `options` ask for from those of `sample_words`, which counted in `tally`."""
    samples = Samples(islice(found, options.count))
    if len(samples) < options.count:
        number = f"only {len(samples):,}" if samples else "none"
        samples.shortage = f"found {number} of {options.count:,} words: {explain(options, tally, bool(samples))}"
    return samples


def sample_words(
    model: Model,
    vocabulary: Vocabulary,
    known: Known,
    options: Sampling,
    *,
    longest: int,
    constraints: Constraints = UNCONSTRAINED,
    guide: Callable[[], NGramModel] | None = None,
    tally: Tally | None = None,
) -> Iterator[Sample]:
    """Yields words that end within `longest` characters and keep `constraints`, the same for the same seed.

    They are those words of all that the model makes; `draw_wanted` tells how they are found. `guide` returns counts of
    words like those wanted, by which other models than counts find them sooner. The search ends only when many batches
    in a row bring nothing that is wanted; `tally` counts the draws. Raises AlphabetError for a prefix outside the
    vocabulary and ModelError for one longer than the words may be.
    """
    made: set[str] = set()
    tally, barren = tally or Tally(longest), 0
    for draws in _draw(model, vocabulary, options, longest, constraints.automaton, guide):
        barren += 1
        tally.drawn += draws.made
        tally.fruitless += draws.made
        tally.ended += len(draws.ids)
        batch = _read(draws, vocabulary, known)
        tally.empty += sum(sample.word == "" for sample in batch)
        for sample in _keep(batch, vocabulary, constraints):
            if _is_wanted(sample, options, made):
                barren = tally.fruitless = 0
                if options.distinct:
                    made.add(sample.word)
                yield sample
        if barren == FRUITLESS_BATCHES or (not tally.ended and tally.drawn >= HOPELESS_DRAWS):
            return


def _draw(
    model: Model,
    vocabulary: Vocabulary,
    options: Sampling,
    longest: int,
    automaton: Automaton | None,
    guide: Callable[[], NGramModel] | None,
) -> Iterator[Draws]:
    prefix = vocabulary.encode(options.prefix)
    check_prefix(prefix, longest)
    if automaton is None:
        return draw_freely(model, prefix, options, vocab=len(vocabulary), longest=longest)
    target = Target(automaton, options, prefix, longest)
    return draw_wanted(model, target, guide=guide or (lambda: _count_nothing(vocabulary)))


def _count_nothing(vocabulary: Vocabulary) -> NGramModel:
    """Returns counts that hold all characters equally likely."""
    return NGram(order=1).count(EncodedWords.of([], vocabulary), len(vocabulary))


def _is_wanted(sample: Sample, options: Sampling, made: set[str]) -> bool:
    known, repeated = sample.where != NEW, sample.word in made
    return sample.word != "" and not (options.novel and known) and not (options.distinct and repeated)


def _keep(batch: list[Sample], vocabulary: Vocabulary, constraints: Constraints) -> Iterator[Sample]:
    """Yields the samples that pass the filters."""
    if not constraints.filters:
        yield from batch
        return
    for start in range(0, len(batch), FILTERED_AT_ONCE):
        part = batch[start : start + FILTERED_AT_ONCE]
        yield from compress(part, constraints.passes(EncodedWords.of([sample.word for sample in part], vocabulary)))


def _read(draws: Draws, vocabulary: Vocabulary, known: Known) -> list[Sample]:
    if not len(draws.ids):
        return []
    words = _decode(draws.ids, vocabulary)
    where = known.locate(EncodedWords.of(words, vocabulary))
    return list(map(Sample, words, draws.nats.tolist(), where))


def _decode(ids: Int[np.ndarray, "batch time"], vocabulary: Vocabulary) -> list[str]:
    """Returns rows of ids as strings; NumPy drops the trailing zeros, which are the boundaries."""
    points = np.concatenate([[0], vocabulary.points]).astype(np.uint32)
    return np.ascontiguousarray(points[ids]).view(f"U{ids.shape[1]}")[:, 0].tolist()
