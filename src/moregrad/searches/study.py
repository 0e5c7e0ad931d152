"""A search that many processes may share: what was tried, what is under way, and what to try next."""

import warnings
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from moregrad import atomic
from moregrad.configuration import shorten
from moregrad.errors import ConfigurationError, StorageError
from moregrad.searches.findings import Findings, Trial
from moregrad.searches.optuna_extra import load_optuna, quiet
from moregrad.searches.space import Range, Space
from moregrad.searches.workers import JournalLock, Workers, is_journal

NAME = "sweep"
ABOUT, WORKERS, WORKER, PROBLEM = "about", "workers", "worker", "problem"
GRID = 1_000
"""Combinations up to which all are tried, one after the other, where there is time for them."""

FEW = 8
"""Shapes up to which each is tried before the sampler chooses among them: a round of trials is of one shape."""

UNPRUNED = 5
"""Trials that are finished before any is pruned."""

TOLD = 10
"""Finished trials from which on the importance of settings is told."""


class Study:
    """The trials of a search in a journal, or in memory only if there is no `path`.

    `about` says what is searched, and must be the same for all who share a journal. At most `limit` trials are begun,
    those of others and of earlier processes included; each takes about so many `steps`.
    """

    def __init__(
        self,
        path: Path | None,
        space: Space,
        about: Mapping[str, Any],
        *,
        pruning: str,
        steps: int,
        limit: int | None,
    ) -> None:
        self.space, self.limit, self._steps, self._optuna = space, limit, steps, load_optuna()
        self._distributions = {name: self._distribution(name) for name in space.varied}
        self._lock: AbstractContextManager[Any] = JournalLock(_check_place(path)) if path else nullcontext()
        self._workers = Workers(path) if path else None
        self._number, seed = 0, space.fixed.get("seed", space.recipe.seed)
        with self._lock, quiet(), warnings.catch_warnings():
            warnings.simplefilter("ignore", self._optuna.exceptions.ExperimentalWarning)
            self._study = self._open(path, pruning)
            self._enter(path, about)
            self._study.sampler = self._optuna.samplers.TPESampler(seed=seed + self._number)

    def _open(self, path: Path | None, pruning: str) -> Any:
        kept = {"study_name": NAME, "load_if_exists": True, "pruner": self._pruner(pruning)}
        if path is None:
            return self._optuna.create_study(**kept)
        journal = self._optuna.storages.journal.JournalFileBackend(str(path), lock_obj=self._lock)
        try:
            return self._optuna.create_study(storage=self._optuna.storages.JournalStorage(journal), **kept)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StorageError(f"{path} is damaged: {error!s:.60}; name another storage") from error

    def _enter(self, path: Path | None, about: Mapping[str, Any]) -> None:
        found = self._study.user_attrs.get(ABOUT)
        if found is not None and found != about:
            raise ConfigurationError(f"{path} holds another search: {_difference(found, about)}; name another storage")
        if found is None:
            self._study.set_user_attr(ABOUT, dict(about))
        self._number = self._study.user_attrs.get(WORKERS, 0)
        self._study.set_user_attr(WORKERS, self._number + 1)
        if self._workers:
            self._workers.enter(self._number)

    def ask(self, like: Mapping[str, Any] | None) -> Any:
        """Returns a new trial, if possible of the shape that the settings `like` have; None if there is nothing to try.

        What dead processes have left undone comes first. With no shape to be like, one that was never tried is, if they
        are few.
        """
        with self._lock:
            self._take_up()
            trials, states = self._study.get_trials(deepcopy=False), self._optuna.trial.TrialState
            counted = [trial for trial in trials if trial.state in (states.COMPLETE, states.PRUNED, states.RUNNING)]
            if self.limit is not None and len(counted) >= self.limit:
                return None
            if not any(trial.state == states.WAITING for trial in trials):
                tried = [trial.params for trial in counted]
                fixed = self.space.shape_of(like) if like else self._untried_shape(tried)
                chosen = self._next_of_grid(tried, fixed) if self._has_grid else fixed
                if chosen is None:
                    return None
                if chosen:
                    self._study.enqueue_trial(dict(chosen))
            trial = self._study.ask(self._distributions)
            trial.set_user_attr(WORKER, self._number)
            return trial

    @property
    def _has_grid(self) -> bool:
        return self.space.size <= min(GRID, GRID if self.limit is None else self.limit)

    def _untried_shape(self, tried: list[dict[str, Any]]) -> dict[str, Any]:
        """Returns the first shape that was never tried; {} if all were or they are many."""
        shapes = self.space.shapes()
        found = [self.space.shape_of(each) for each in tried]
        return next((each for each in shapes if each not in found), {}) if len(shapes) <= FEW else {}

    def _next_of_grid(self, tried: list[dict[str, Any]], fixed: Mapping[str, Any]) -> dict[str, Any] | None:
        left = [each for each in self.space.combinations() if each not in tried]
        alike = [each for each in left if all(each[name] == value for name, value in fixed.items())]
        return next(iter([*alike, *left]), None)

    def _take_up(self) -> None:
        """Ends the trials of processes that are dead, and has their settings tried again."""
        states = self._optuna.trial.TrialState
        for trial in self._study.get_trials(deepcopy=False, states=(states.RUNNING,)):
            worker = trial.user_attrs.get(WORKER)
            if worker != self._number and not (self._workers and self._workers.is_alive(worker)):
                self._give_up(trial.number, trial.params)

    def _give_up(self, number: int, params: Mapping[str, Any]) -> None:
        self._study.tell(number, state=self._optuna.trial.TrialState.FAIL)
        if params:
            self._study.enqueue_trial(dict(params))

    def give_back(self, trial: Any) -> None:
        """Leaves a trial undone: its settings are tried again by whoever asks next."""
        with self._lock:
            self._give_up(trial.number, trial.params)

    def report(self, trial: Any, step: int, validation: float) -> bool:
        """Notes an evaluation; tells whether the trial is to end here, since others were better at this step."""
        trial.report(validation, step)
        return bool(trial.should_prune())

    def finish(self, trial: Any, validation: float | None, **facts: Any) -> Trial:
        """Notes the result of a trial; None for one that was pruned or went wrong."""
        for name, value in facts.items():
            trial.set_user_attr(name, value)
        state = None if validation is not None else self._optuna.trial.TrialState.PRUNED
        return _trial(self._study.tell(trial, validation, state=state))

    def leave(self) -> int:
        """Ends the work of this process; returns how many others are at work."""
        if not self._workers:
            return 0
        with self._lock:
            others = self._workers.others()
            self._workers.leave()
            return len(others)

    def findings(self) -> Findings:
        """Returns all that was tried, by this process and by others."""
        states = self._optuna.trial.TrialState
        found = self._study.get_trials(deepcopy=False, states=(states.COMPLETE, states.PRUNED))
        return Findings(tuple(map(_trial, found)), tuple(self.space.varied), self._importance(found))

    def _importance(self, found: list[Any]) -> dict[str, float]:
        complete = [trial for trial in found if trial.state == self._optuna.trial.TrialState.COMPLETE]
        if len(complete) < TOLD or len(self._distributions) < 2:
            return {}
        evaluator = self._optuna.importance.PedAnovaImportanceEvaluator()
        with quiet(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return dict(self._optuna.importance.get_param_importances(self._study, evaluator=evaluator))

    def _distribution(self, name: str) -> Any:
        kinds, values = self._optuna.distributions, self.space.varied[name]
        if not isinstance(values, Range):
            return kinds.CategoricalDistribution(values)
        whole = isinstance(values.low, int) and isinstance(values.high, int)
        kind = kinds.IntDistribution if whole else kinds.FloatDistribution
        return kind(values.low, values.high, log=values.log)

    def _pruner(self, pruning: str) -> Any:
        pruners = self._optuna.pruners
        if pruning == "median":
            return pruners.MedianPruner(n_startup_trials=UNPRUNED, n_warmup_steps=self._steps // 3)
        if pruning == "halving":
            return pruners.SuccessiveHalvingPruner(min_resource=max(self._steps // 6, 1), reduction_factor=3)
        return pruners.NopPruner()


def _check_place(path: Path) -> Path:
    """Returns `path`, its folder made; raises StorageError if no journal can be there."""
    try:
        atomic.check_name(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if is_journal(path):
            return path
    except OSError as error:
        raise StorageError(f"cannot keep a search in {path}: {error.strerror}; name another storage") from error
    raise StorageError(f"{path} is no journal of a search; name another storage")


def _trial(frozen: Any) -> Trial:
    facts, curve = frozen.user_attrs, frozen.intermediate_values
    complete = frozen.state.name == "COMPLETE"
    return Trial(
        number=frozen.number,
        settings=dict(frozen.params),
        validation=frozen.value if complete else min(curve.values(), default=None),
        state="finished" if complete else "failed" if facts.get(PROBLEM) else "pruned",
        steps=max(curve, default=0),
        parameters=facts.get("parameters", 0),
        seconds=facts.get("seconds", 0.0),
        problem=facts.get(PROBLEM, ""),
    )


def _difference(found: Mapping[str, Any], about: Mapping[str, Any], path: str = "") -> str:
    """Says where the two differ first."""
    for name in [*found, *(name for name in about if name not in found)]:
        mine, theirs = about.get(name), found.get(name)
        if mine != theirs:
            if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
                return _difference(theirs, mine, f"{name} ")
            return f"its {path}{name} is {shorten(theirs)}, and {shorten(mine)} is asked for"
    return ""
