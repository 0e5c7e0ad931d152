"""The spread of a training over seeds: how much of a loss is chance."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import Annotated, Any

import numpy as np
from annotated_types import Ge, Le

from moregrad.configuration import Setting, shorten
from moregrad.data.splits import check_method
from moregrad.errors import ConfigurationError, TrainingError
from moregrad.estimate import EstimateWithError
from moregrad.evaluation.samples import draw
from moregrad.models.architecture import Architecture
from moregrad.models.catalogue import architecture
from moregrad.recipe import Recipe
from moregrad.runs.experiment import Words, read, share_out
from moregrad.runs.fit import weigh
from moregrad.runs.labelling import word_surprisals
from moregrad.runs.preparation import Preparation
from moregrad.runs.run import Run
from moregrad.runs.starting import AUTOMATIC, find_start
from moregrad.searches.lanes import Lanes
from moregrad.text_table import Tabled, TextTable

SEEDS = Setting.of("seeds", Annotated[int, Ge(2), Le(1000)], 8)
AT_ONCE = 16
"""Trainings that are computed side by side."""


@dataclass(frozen=True, repr=False)
class Spread(Tabled):
    """The losses of one training with several seeds, each the mean nats per character of its best model on a split.

    Weights, batches and dropout are those of each seed; the words of the splits are the same.
    """

    seeds: tuple[int, ...]
    losses: Mapping[str, tuple[float, ...]]

    def mean(self, split: str) -> EstimateWithError:
        """Returns the mean over seeds with its standard error."""
        return EstimateWithError(
            float(np.mean(self.losses[split])), self._deviation(split) / math.sqrt(len(self.seeds))
        )

    def deviation(self, split: str) -> EstimateWithError:
        """Returns the standard deviation over seeds, with what it itself may be off by if losses are normal."""
        deviation = self._deviation(split)
        return EstimateWithError(deviation, deviation / math.sqrt(2 * (len(self.seeds) - 1)))

    @property
    def difference(self) -> float:
        """The difference between the validation losses of two trainings, each by one seed, that chance alone makes in
        one case of twenty."""
        return 1.96 * math.sqrt(2) * self._deviation("validation")

    def _deviation(self, split: str) -> float:
        return float(np.std(self.losses[split], ddof=1))

    def table(self) -> TextTable:
        columns = ("list", "mean", "deviation", "lowest", "highest")
        return TextTable(columns, [self.row(split) for split in self.losses], (self.remark,))

    def row(self, split: str) -> list[Any]:
        """Returns the row of a split in the table."""
        losses = self.losses[split]
        return [split, self.mean(split), self.deviation(split), min(losses), max(losses)]

    @property
    def remark(self) -> str:
        """The difference between two trainings that seeds alone may make, in a sentence."""
        return (
            f"{len(self.seeds)} seeds; two trainings whose validation losses differ by less than {self.difference:.4f} "
            "may differ by their seeds alone"
        )

    def to_dict(self) -> dict[str, Any]:
        """Returns the losses, their means and deviations as plain data."""
        return {
            "seeds": list(self.seeds),
            "losses": {name: list(values) for name, values in self.losses.items()},
            "mean": {name: self.mean(name) for name in self.losses},
            "deviation": {name: self.deviation(name) for name in self.losses},
            "error_of_mean": {name: self.mean(name).error for name in self.losses},
            "error_of_deviation": {name: self.deviation(name).error for name in self.losses},
        }


def repeat(
    words: Words,
    model: str | Architecture,
    *,
    seeds: int = 8,
    split: str = "words",
    start: str | PathLike[str] | Run = AUTOMATIC,
    **settings: Any,
) -> Spread:
    """Trains a model with the same settings and `seeds` seeds, from `seed` on, as one program; returns their losses.

    `settings` are those of `moregrad.train`, and each training is what it makes of them with its seed. Raises
    ConfigurationError for an unknown setting or a value that is not allowed, TrainingError if a loss is not a number.
    """
    base = architecture(model) if isinstance(model, str) else model
    shape, recipe, reading = share_out(settings, base, base.recipe)
    if not SEEDS.allows(seeds):
        raise ConfigurationError(f"seeds is {shorten(seeds)}; it must be {SEEDS.allowed}", setting="seeds")
    check_method(split)
    preparation = Preparation.of(read(words, reading, split=split), split=split, start=find_start(start))
    return train_all(begin_all(preparation, shape, recipe, seeds, given=set(settings)))


def begin_all(
    preparation: Preparation, shape: Architecture, recipe: Recipe, seeds: int, *, given: Collection[str]
) -> list[Run]:
    """Returns a run for each of so many seeds, from that of `recipe` on, before the first step."""
    numbers = [(recipe.seed + number) % 2**32 for number in range(seeds)]
    return [preparation.begin(shape, recipe.replace(seed=seed), given=given) for seed in numbers]


def train_all(runs: Sequence[Run], told: Callable[[Sequence[Run]], None] | None = None) -> Spread:
    """Trains runs that differ in their seeds alone; calls `told` with all of them after every evaluation."""
    lanes, now = Lanes(min(len(runs), AT_ONCE)), dict(enumerate(runs))
    waiting = list(now)
    while waiting or len(lanes):
        while waiting and len(lanes) < lanes.room:
            lanes.add(waiting[0], now[waiting.pop(0)])
        for lane in lanes.advance():
            if lane.problem:
                raise TrainingError(f"seed {lane.run.recipe.seed}: {lane.problem}")
            now[int(str(lane.key))] = lane.run
        if told:
            told(list(now.values()))
    best = [weigh(run) for run in now.values()]
    losses = {name: tuple(_loss(run, name) for run in best) for name in best[0].splits}
    return Spread(tuple(run.recipe.seed for run in best), losses)


def _loss(run: Run, split: str) -> float:
    return float(np.mean(word_surprisals(run, run.model, draw(run.splits[split])), dtype=np.float64))
