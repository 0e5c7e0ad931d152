"""A search under way: trials are asked for, trained together where they are of one shape, and told."""

import math
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from threading import Event
from typing import Any

import jax

from moregrad.errors import ConfigurationError, ModelError, MoregradError
from moregrad.runs.fit import validate
from moregrad.runs.preparation import Preparation
from moregrad.runs.run import Run
from moregrad.searches.findings import Trial
from moregrad.searches.lanes import Lane, Lanes
from moregrad.searches.space import Space, shape
from moregrad.searches.study import PROBLEM, Study

FEWEST, SPACIOUS = 4, 16
"""Trials that are trained side by side: on cores as many as there are, but not fewer; on any other device."""

MOST_REFUSED = 20
"""Trials in a row whose settings do not go together, after which it is told as an error."""


@dataclass(frozen=True)
class Asked:
    """A trial that is to be trained: Optuna's own, its run before the first step, and when it began."""

    trial: Any
    run: Run
    shape: str
    began: float


class Search:
    """A search under way. Each iteration trains up to the next evaluation and yields the trials that ended there.

    It ends when the study has no more trials, when `seconds` have gone by, or after `stop`; trials that are then under
    way are given back, to be trained by whoever goes on with the study.
    """

    def __init__(
        self,
        preparation: Preparation,
        study: Study,
        *,
        given: Collection[str],
        seconds: float | None = None,
        together: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.preparation, self.study, self.given = preparation, study, {*given, *study.space.varied}
        self._together, self._clock, self._stopping = together or _together(), clock, Event()
        self._end = None if seconds is None else clock() + seconds
        self._waiting: list[Asked] = []
        self._refused: list[Trial] = []

    @property
    def space(self) -> Space:
        """The settings that vary."""
        return self.study.space

    def stop(self) -> None:
        """Ends the iteration after the next evaluation; may be called from another thread or a signal handler."""
        self._stopping.set()

    def begin(self, chosen: Any) -> Run:
        """Returns the run of the settings `chosen` before its first step, as `moregrad.train` would begin it."""
        return self.preparation.begin(*self.space.settle(chosen), given=self.given)

    def __iter__(self) -> Iterator[list[Trial]]:
        while not self._over and (first := self._ask(None)):
            yield from self._train_round(first)
        for asked in self._waiting:
            self.study.give_back(asked.trial)
        self._waiting = []
        if self._refused:
            yield self._refused

    @property
    def _over(self) -> bool:
        return self._stopping.is_set() or (self._end is not None and self._clock() >= self._end)

    def _train_round(self, first: Asked) -> Iterator[list[Trial]]:
        lanes, begun, under_way = Lanes(self._together), 0, dict[Any, Asked]()
        more: Asked | None = first
        # Where shapes vary, the next round may be of another; its trials profit from what these have shown.
        most = self._together if self.space.shaping else math.inf
        while not self._over:
            while more and begun < most:
                lanes.add(more.trial.number, more.run)
                under_way[more.trial.number], begun = more, begun + 1
                more = self._ask(first) if len(lanes) < self._together and begun < most else None
            if not lanes:
                break
            told = [self._tell(under_way[lane.key], lane) for lane in lanes.advance()]
            for trial in (ended := [trial for trial in told if trial]):
                lanes.drop(trial.number)
                del under_way[trial.number]
            yield [*self._refused, *ended]
            self._refused = []
            more = self._ask(first) if len(lanes) < self._together and begun < most and not self._over else None
        self._waiting += [*under_way.values(), *([more] if more else [])]

    def _ask(self, like: Asked | None) -> Asked | None:
        """Returns a trial of the same shape as `like`, or of any; those of other shapes wait for their own round."""
        for asked in self._waiting:
            if like is None or asked.shape == like.shape:
                self._waiting.remove(asked)
                return asked
        if like is not None and set(self.space.shaping) == set(self.space.varied):
            return None
        trial = self.study.ask(like.trial.params if like else None) if len(self._waiting) < self._together else None
        if trial is None:
            return None
        try:
            run = self.begin(trial.params)
        except (ConfigurationError, ModelError) as error:
            self._refuse(trial, error)
            return self._ask(like)
        asked = Asked(trial, run, shape(run.architecture, run.recipe), self._clock())
        if like is None or asked.shape == like.shape:
            return asked
        self._waiting.append(asked)
        return None

    def _refuse(self, trial: Any, error: MoregradError) -> None:
        """Notes that the settings of a trial do not go together; raises the error if none so far did."""
        self._refused.append(self.study.finish(trial, None, **{PROBLEM: str(error)}))
        if len(self._refused) > MOST_REFUSED:
            raise error

    def _tell(self, asked: Asked, lane: Lane) -> Trial | None:
        """Notes an evaluation; returns the trial if it ended there."""
        facts = {"parameters": asked.run.record.parameters, "seconds": round(self._clock() - asked.began, 3)}
        if lane.problem:
            return self.study.finish(asked.trial, None, **facts, **{PROBLEM: lane.problem})
        losses = [metrics.validation for metrics in lane.run.metrics] or [validate(lane.run, lane.run.model)]
        pruned = self.study.report(asked.trial, lane.run.step, losses[-1])
        if lane.finished:
            return self.study.finish(asked.trial, min(losses), **facts)
        return self.study.finish(asked.trial, None, **facts) if pruned else None


def _together() -> int:
    """Returns how many trials are trained side by side."""
    return max(jax.local_device_count(), FEWEST) if jax.default_backend() == "cpu" else SPACIOUS
