"""Words of a run with labels: for each a label is drawn first, and then a word that has it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from moregrad.runs.labelling import labels_of, shares
from moregrad.runs.run import Run
from moregrad.sampling.options import Sampling
from moregrad.sampling.words import Sample, Samples, name_label

MOST = 10**6
"""Words of one label, as many as may be asked for in all."""


class Stream:
    """The words of one label, in order, drawn as they are asked for."""

    def __init__(self, run: Run, label: str, options: Sampling) -> None:
        self._run, self._label, self._options = run.given(label), label, options.replace(label=None)
        self._samples, self._taken = Samples(), 0

    @property
    def shortage(self) -> str:
        """The reason why there are no more; empty as long as there may be."""
        return self._samples.shortage if self._taken == len(self._samples) else ""

    def draw(self, count: int) -> Samples:
        """Draws at least so many words that have not been taken; returns them after those that have."""
        drawn, wanted = len(self._samples), self._taken + count
        if wanted > drawn and not self._samples.shortage:
            # All are drawn anew each time, so twice as many are, or words taken one by one would take forever.
            wanted = min(max(wanted, 2 * drawn), MOST)
            self._samples = self._run.sample(**vars(self._options.replace(count=wanted)))
        return self._samples

    def take(self) -> Sample | None:
        """Takes the next word; None if there is no more."""
        if self._taken == len(self.draw(1)):
            return None
        self._taken += 1
        return replace(self._samples[self._taken - 1], label=self._label)


def sample_labelled(run: Run, options: Sampling) -> Samples:
    """Makes as many words as `options` ask for, of the label that they ask for or of each label its share.

    The shares are those of the training words, whatever else is wished for; a label that has no more words is drawn no
    more. The surprisal of a word is that given its label.
    """
    if options.label is not None:
        return name_label(Stream(run, options.label, options).draw(options.count), options.label)
    names, probability = labels_of(run).names, shares(run)
    # With one seed for all, words of different labels would be drawn alike.
    seeds = np.random.SeedSequence(options.seed).generate_state(len(names)).tolist()
    streams = {label: Stream(run, label, options.replace(seed=seed)) for label, seed in zip(names, seeds, strict=True)}
    return _collect(streams, probability, options)


def _collect(streams: dict[str, Stream], probability: Any, options: Sampling) -> Samples:
    random, samples, made = np.random.RandomState(np.random.PCG64([options.seed, options.part])), Samples(), set()
    names, left = list(streams), probability.copy()
    ahead = _draw_labels(random, left, options.count)
    for index in np.unique(ahead):
        streams[names[index]].draw(int((ahead == index).sum()))
    drawn: Iterator[int] = iter(ahead.tolist())
    shortage = ""
    while len(samples) < options.count and left.any():
        index = next(drawn, None)
        if index is None:
            index = int(_draw_labels(random, left, 1)[0])
        stream = streams[names[index]]
        if not left[index]:
            continue
        sample = stream.take()
        if sample is None:
            left[index], shortage = 0.0, f"label {names[index]!r}, as every other, has no more: {stream.shortage}"
        elif not (options.distinct and sample.word in made):
            samples.append(sample)
            made.add(sample.word)
    if len(samples) < options.count:
        number = f"only {len(samples):,}" if samples else "none"
        samples.shortage = f"found {number} of {options.count:,} words: {shortage}"
    return samples


def _draw_labels(random: np.random.RandomState, probability: Any, count: int) -> Any:
    """Draws labels by inversion of the cumulative sum."""
    cumulative = np.cumsum(probability)
    return np.searchsorted(cumulative, random.random_sample(count) * cumulative[-1], side="right")
