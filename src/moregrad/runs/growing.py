"""The best model for so much time: networks are added to a stack, since more of them help more than larger ones."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Annotated, Any, NamedTuple

import jax
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
from moregrad.training.processes import several

TRIAL = 100
"""Steps by which the time of a step is measured."""

FINISH = 3.0
"""Seconds for what comes after the last step: the losses of all splits and new words."""

MARGIN = 0.95
"""The share of the time that is planned for, since a step may come to take longer."""

UNMEASURED = ((28, 4), (13, 2), (6, 1))
"""Seconds from which on so many networks are trained without measuring, which takes more than it gains."""

MEASURED = 40
"""Seconds from which on the time of a step is measured."""

USUAL = range(750, 1_800)
"""Steps of lists that take about as long as names.txt, by which those seconds were found."""

FEWEST = 4
"""Networks that there must be time for before larger ones are taken: averaging helps more than size."""

MINUTES = Setting.of("minutes", Annotated[float, Gt(0), Le(10_000)], None)

MOST = 64
"""Networks beyond which more bring nothing that could be measured."""

ORDERS = (2, 3, 4, 5, 6)
"""Orders of the counts of more than two networks: 0.003 nats better on names.txt than two orders, and slower."""


class Kind(NamedTuple):
    """A network, its learning rate, and its time over that of the first kind."""

    member: Architecture
    learning_rate: float
    cost: float


KINDS = (
    Kind(GRU(hidden=64), 1.5e-2, 1.0),
    Kind(GRU(hidden=64, depth=2), 1.5e-2, 1.6),
    Kind(GRU(hidden=96, depth=2), 1e-2, 2.9),
    Kind(GRU(hidden=128, depth=2), 1e-2, 5.5),
)
"""Networks that were best for their time on names.txt; alone the larger ones overfit, and averaged they do not."""


def check_minutes(minutes: Any, architecture: Architecture) -> None:
    """Raises ConfigurationError for minutes that are no positive number, for a model that is no stack, and for several
    processes, each of which would measure a time of its own.
    """
    if several():
        raise ConfigurationError("minutes: several processes cannot measure one time; give steps", setting="minutes")
    if not MINUTES.allows(minutes):
        raise ConfigurationError(f"minutes is {shorten(minutes)}; it must be {MINUTES.allowed}", setting="minutes")
    if not isinstance(architecture, Stack):
        raise ConfigurationError(
            f"minutes: {architecture.name} has no networks to add; leave the model out, or give steps instead",
            setting="minutes",
        )


def grow(run: Run, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> Run:
    """Returns a run of as many networks as can be trained in so many `seconds` from now; at least one.

    On a list of usual length the number of networks of a default stack follows from the seconds if they are few;
    otherwise the time of a step is measured first, and they are of the largest of KINDS of which there is time for
    FEWEST. If the time is too short for one, it takes fewer steps. The architecture must be one that `check_minutes`
    allows.
    """
    end, default = clock() + (seconds - FINISH) * MARGIN, _is_default(run)
    if default and run.recipe.steps in USUAL and UNMEASURED[-1][0] <= seconds < MEASURED:
        copies = next(networks for least, networks in UNMEASURED if seconds >= least)
        return _begin(_of_kind(run, KINDS[0]) if copies > Stack.copies else run, copies)
    if default:
        run = _of_kind(run, KINDS[0])
    together = min(jax.local_device_count(), MOST)
    cost = _measure(run, together, clock)
    kind = _choose(cost.rounds(end - clock(), run.recipe.steps) * together) if default else KINDS[0]
    if kind is not KINDS[0]:
        run = _of_kind(run, kind)
        cost = _measure(run, together, clock)
    left = end - clock()
    rounds = int(min(cost.rounds(left, run.recipe.steps), MOST // together))
    if rounds:
        return _begin(run, rounds * together)
    steps = min(cost.affordable(left), run.recipe.steps)
    return replace(_begin(run, 1), recipe=run.recipe.replace(steps=steps, eval_every=max(steps // EVALUATIONS, 1)))


@dataclass(frozen=True)
class Cost:
    """Seconds of networks that train together: to compile, for a step, and for their part of all evaluations."""

    compile: float
    step: float
    evaluations: float

    def rounds(self, seconds: float, steps: int) -> float:
        """Returns how often they can take so many steps, one lot after the other, in so many seconds."""
        return max(seconds - self.compile, 0.0) / (steps * self.step + self.evaluations)

    def affordable(self, seconds: float) -> int:
        """Returns the steps that they can take in so many seconds, the evaluations included; at least one."""
        return max(int((seconds - self.compile - self.evaluations) / self.step), 1)


def _measure(run: Run, networks: int, clock: Callable[[], float]) -> Cost:
    """Measures on so many networks; the first of two short trainings compiles, the second does not."""
    tried, trial = _begin(run, networks), run.recipe.replace(steps=TRIAL)
    examples = tried.architecture.examples(run.splits[TRAIN], len(run.vocabulary))

    def take() -> float:
        start = clock()
        for report in train(tried.model, examples, trial, every=TRIAL):
            np.asarray(report.computed)
        return clock() - start

    compiling, running = take(), take()
    words = run.splits[VALIDATION].first(VALIDATION_WORDS)
    surprisals(tried.model, words)
    start = clock()
    surprisals(tried.model, words)
    return Cost(max(compiling - running, 0.0), running / TRIAL, (EVALUATIONS + 1) * (clock() - start))


def _choose(networks: float) -> Kind:
    """Returns the largest kind of which there are FEWEST in the time of so many `networks` of the first."""
    return max((kind for kind in KINDS if networks >= FEWEST * kind.cost), key=attrgetter("cost"), default=KINDS[0])


def _of_kind(run: Run, kind: Kind) -> Run:
    """Returns `run` with networks of that kind, on counts of all ORDERS."""
    return replace(
        run,
        architecture=run.architecture.replace(members=(kind.member,), orders=ORDERS),
        recipe=run.recipe.replace(learning_rate=kind.learning_rate),
    )


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
