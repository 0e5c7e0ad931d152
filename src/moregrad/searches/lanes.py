"""Runs of one shape that are trained side by side: a run that ends makes room for another."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from moregrad.data.examples import Examples
from moregrad.errors import TrainingError
from moregrad.jit import trim
from moregrad.layers.layer import parameters
from moregrad.runs.fit import advance, is_out_of_patience
from moregrad.runs.labelling import examples_of
from moregrad.runs.run import Run
from moregrad.training.loop import Course
from moregrad.training.sweep import Training, advance_together


@dataclass
class Lane:
    """A run under way under the name `key`; a `problem` ended it."""

    key: Hashable
    run: Run
    course: Course
    problem: str = ""

    @property
    def finished(self) -> bool:
        """True for a run that has taken all its steps, brought nothing better for too long, or cannot go on."""
        done = self.run.step >= self.run.recipe.steps or not parameters(self.run.model)
        return bool(self.problem) or done or is_out_of_patience(self.run)


class Lanes:
    """Up to `room` runs, trained together from one evaluation to the next.

    The runs must be of one shape, as `moregrad.searches.space.shape` tells, and on one list.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self._lanes: list[Lane] = []
        self._examples: Examples | None = None

    def __len__(self) -> int:
        """The number of runs under way."""
        return len(self._lanes)

    def add(self, key: Hashable, run: Run) -> None:
        """Puts a run that has steps to take beside the others."""
        self._examples = self._examples or examples_of(run)
        self._lanes.append(Lane(key, run, Course.of(self._examples, run.recipe)))

    def drop(self, key: Hashable) -> None:
        """Takes a run out; without effect on one that is out already."""
        self._lanes = [lane for lane in self._lanes if lane.key != key]

    def advance(self) -> list[Lane]:
        """Trains every run to its next evaluation and returns them all; those that are finished are out then."""
        trim()
        examples: Any = self._examples
        trained = [lane for lane in self._lanes if not lane.finished]
        if trained:
            every = trained[0].run.recipe.eval_every
            counts = [min(every, lane.run.recipe.steps - lane.run.step) for lane in trained]
            trainings = [Training(lane.run.progress, lane.course) for lane in trained]
            for lane, report in zip(
                trained, advance_together(trainings, examples, counts, every=every, room=self.room), strict=True
            ):
                try:
                    lane.run = advance(lane.run, report)
                except TrainingError as error:
                    lane.problem = str(error)
        told, self._lanes = self._lanes, [lane for lane in self._lanes if not lane.finished]
        return told
