"""The best model for so much time: networks are added to a stack, since more of them help more than larger ones."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Annotated, Any, NamedTuple

import numpy as np
from annotated_types import Gt, Le

from moregrad.configuration import Setting, shorten
from moregrad.errors import ConfigurationError
from moregrad.evaluation.surprisal import surprisals
from moregrad.models.architecture import Architecture
from moregrad.models.gru import GRU
from moregrad.models.stack import Stack
from moregrad.runs.fit import VALIDATION_WORDS, begin
from moregrad.runs.planning import EVALUATIONS
from moregrad.runs.run import TRAIN, VALIDATION, Run
from moregrad.runs.starting import of_run
from moregrad.training.loop import train

TRIAL = 100
"""Steps by which the time of a step is measured."""

FINISH = 3.0
"""Seconds for what comes after the last step: the losses of all splits and new words."""

MARGIN = 0.95
"""The share of the time that is planned for, since a step may come to take longer."""

ONE, TWO, MEASURED = 6, 13, 18
"""Seconds from which on one and two networks are trained, and up to which measuring takes more than it gains."""

USUAL = range(750, 1_800)
"""Steps of lists that take about as long as names.txt, by which those seconds were found."""

FEWEST = 3
"""Networks that there must be time for before larger ones are taken: averaging helps more than size."""

SETTING = Setting.of("minutes", Annotated[float, Gt(0), Le(10_000)], None)

MOST = 64
"""Networks beyond which more bring nothing that could be measured."""


class Kind(NamedTuple):
    """A network, its learning rate, and its time over that of the first kind."""

    member: Architecture
    learning_rate: float
    cost: float


KINDS = (
    Kind(GRU(hidden=64), 1.5e-2, 1.0),
    Kind(GRU(hidden=64, depth=2), 1.5e-2, 1.9),
    Kind(GRU(hidden=96, depth=2), 1e-2, 3.6),
    Kind(GRU(hidden=128, depth=2), 1e-2, 5.5),
)
"""Networks that were best for their time on names.txt; alone the larger ones overfit, and averaged they do not."""


def check_minutes(minutes: Any, architecture: Architecture) -> None:
    """Raises ConfigurationError for minutes that are no positive number, and for a model that is no stack."""
    if not SETTING.allows(minutes):
        raise ConfigurationError(f"minutes is {shorten(minutes)}; it must be {SETTING.allowed}", setting="minutes")
    if not isinstance(architecture, Stack):
        raise ConfigurationError(
            f"minutes: {architecture.name} has no networks to add; leave the model out, or give steps instead",
            setting="minutes",
        )


def grow(run: Run, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> Run:
    """Returns a run of as many networks as can be trained in so many `seconds` from now; at least one.

    A default stack of networks on a list of usual length is not measured first where there is time for one or two
    only; given more time, its networks are of the largest of KINDS of which there is time for FEWEST. If the time
    is too short for one, it takes fewer steps. The architecture must be one that `check_minutes` allows.
    """
    if ONE <= seconds < MEASURED and run.recipe.steps in USUAL and _is_default(run):
        return _begin(run, 1 if seconds < TWO else 2)
    end, cost = clock() + (seconds - FINISH) * MARGIN, _measure(run, clock)
    kind = _choose(run, (end - clock() - cost.compile) / cost.whole(run.recipe.steps))
    if kind is not KINDS[0]:
        run = replace(
            run,
            architecture=run.architecture.replace(members=(kind.member,)),
            recipe=run.recipe.replace(learning_rate=kind.learning_rate),
        )
        cost = _measure(run, clock)
    left = end - clock() - cost.compile
    grown = _begin(run, int(min(max(left / cost.whole(run.recipe.steps), 1), MOST)))
    affordable = cost.affordable(left)
    if affordable >= run.recipe.steps:
        return grown
    return replace(grown, recipe=run.recipe.replace(steps=affordable, eval_every=max(affordable // EVALUATIONS, 1)))


@dataclass(frozen=True)
class Cost:
    """Seconds that one network takes: to compile its training, for a step, and for its part of all evaluations."""

    compile: float
    step: float
    evaluations: float

    def whole(self, steps: int) -> float:
        """Returns the seconds of a training of so many steps."""
        return steps * self.step + self.evaluations

    def affordable(self, seconds: float) -> int:
        """Returns the steps that one network can take in so many seconds, its evaluations included; at least one."""
        return max(int((seconds - self.evaluations) / self.step), 1)


def _measure(run: Run, clock: Callable[[], float]) -> Cost:
    """Measures on one network; the first of two short trainings compiles, the second does not."""
    single, trial = _begin(run, 1), run.recipe.replace(steps=TRIAL)
    examples = single.architecture.examples(run.splits[TRAIN], len(run.vocabulary))

    def take() -> float:
        start = clock()
        for report in train(single.model, examples, trial, every=TRIAL):
            np.asarray(report.computed)
        return clock() - start

    compiling, running = take(), take()
    words = run.splits[VALIDATION].first(VALIDATION_WORDS)
    surprisals(single.model, words)
    start = clock()
    surprisals(single.model, words)
    return Cost(max(compiling - running, 0.0), running / TRIAL, (EVALUATIONS + 1) * (clock() - start))


def _choose(run: Run, networks: float) -> Kind:
    """Returns the largest kind of which there are FEWEST in the time of so many `networks` of the first."""
    if not _is_default(run):
        return KINDS[0]
    return max((kind for kind in KINDS if networks >= FEWEST * kind.cost), key=attrgetter("cost"), default=KINDS[0])


def _is_default(run: Run) -> bool:
    """True for a stack of the first kind as it is by default, which begins with new weights."""
    first = KINDS[0]
    shape = run.architecture.replace(copies=Stack.copies)
    return shape == Stack((first.member,)) and not run.record.start and run.recipe.learning_rate == first.learning_rate


def _begin(run: Run, copies: int) -> Run:
    """Begins as `run` does, with so many copies; with trained weights, the networks take turns with its own."""
    started = run.record.start
    source = started and of_run(run, started.name)
    architecture = run.architecture.replace(copies=copies)
    grown = begin(run.splits, run.vocabulary, architecture, run.recipe, run.record, start=source)
    return replace(grown, record=grown.record.replace(start=started))
