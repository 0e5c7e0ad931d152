"""The state behind the JSON interface: runs, lists, trainings, and the threads that compute."""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from moregrad.data.splits import METHODS, check_method
from moregrad.errors import ConfigurationError, ModelError
from moregrad.models.catalogue import architecture
from moregrad.runs.experiment import DEFAULT_MODEL, DEFAULT_SOURCE, Experiment, extend, prepare, share_out
from moregrad.runs.folder import RUNS, free_folder
from moregrad.runs.run import Run
from moregrad.runs.starting import AUTOMATIC, NOTHING, SHIPPED, Starting, find_start, of_run
from moregrad.web.limits import Limits
from moregrad.web.lists import Lists
from moregrad.web.problems import RequestError
from moregrad.web.registry import Entry, Registry
from moregrad.web.scoring import Scoring
from moregrad.web.training import Training
from moregrad.web.workers import Workers

EVALUATIONS = 2_000
"""Evaluations of a training; each is told with words and a map."""


class Order(msgspec.Struct, forbid_unknown_fields=True):
    """A training that is asked for. `settings` are those of the model, the recipe and the reading of the list.

    `start` is the name of a run, "shipped" for the network that moregrad ships, "none", or by default the shipped one
    where words are few.
    """

    source: str = DEFAULT_SOURCE
    model: str = DEFAULT_MODEL
    split: str = "words"
    start: str = AUTOMATIC
    settings: dict[str, bool | int | float | str | list[int | float] | None] = {}


class Playground:
    """Runs and lists that have names, and trainings. `home` is the folder in which new runs get folders of their own.

    Raises StorageError for a folder of `runs` that cannot be read.
    """

    def __init__(
        self,
        runs: Iterable[Path] = (),
        lists: Mapping[str, str] | None = None,
        *,
        home: Path = RUNS,
        limits: Limits | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.home = home
        self.runs, self.lists = Registry(), Lists(self.limits, lists)
        self.runs.load(runs)
        self.compute = Workers(self.limits.waiting, self.limits.seconds)
        self.score = Scoring(self.limits.requests, self.limits.seconds)
        self.streams = 0
        self.closing = False

    @property
    def trainings(self) -> list[Training]:
        """The trainings under way."""
        return [entry.training for entry in self.runs if entry.training and entry.training.state == "under way"]

    async def train(self, order: Order) -> Entry:
        """Begins a training and returns its run; raises RequestError for one too many, or one that is too large."""
        self._require_room()
        run = await self.compute(self._prepare, order)
        self._require_room()
        held = ExitStack()
        folder = held.enter_context(free_folder(run.architecture.name, run.record.source, self.home))
        entry = self.runs.add(folder.name, run, folder)
        return self._begin(entry, run, held)

    async def resume(self, entry: Entry, steps: int | None) -> Entry:
        """Resumes a run, to its end or to so many `steps`."""
        if entry.training and entry.training.state == "under way":
            raise RequestError(f"the run {entry.name!r} is in training already", 409)
        self._require_room()
        run = extend(entry.run, steps)
        self._check_course(run)
        if run.step >= run.recipe.steps:
            raise ConfigurationError(
                f"the run {entry.name!r} has taken its {run.step:,} steps; give more steps", setting="steps"
            )
        return self._begin(entry, run, ExitStack())

    def _begin(self, entry: Entry, run: Run, held: ExitStack) -> Entry:
        def keep(latest: Run) -> None:
            entry.run = latest

        entry.training = Training(Experiment(run, entry.folder), keep, held)
        return entry

    def _prepare(self, order: Order) -> Run:
        check_method(order.split)
        shape = architecture(order.model)
        settings = {name: tuple(each) if isinstance(each, list) else each for name, each in order.settings.items()}
        shape, recipe, reading = share_out(settings, shape, shape.recipe)
        begun = self._find_start(order.start)
        repeats = METHODS[order.split].with_repeats
        corpus = self.lists.read(order.source, reading.to_dict(), keep_duplicates=repeats)
        most = self.limits.parameters
        longest = int(corpus.words.str.len_chars().max())  # pyright: ignore[reportArgumentType]
        if (needed := shape.parameters(len(corpus.vocabulary), longest + 1)) > most:
            raise RequestError(f"{shape.title} has {needed:,} parameters here; {most:,} are allowed", 413)
        run = prepare(corpus, shape, recipe, split=order.split, given=set(settings), start=begun)
        self._check_course(run)
        return run

    def _find_start(self, name: str) -> Starting:
        """Returns the start called `name`: never a folder, which a request must not name."""
        if name in (AUTOMATIC, NOTHING, SHIPPED):
            return find_start(name)
        return of_run(self.runs[name].run, name)

    def _check_course(self, run: Run) -> None:
        recipe, most = run.recipe, self.limits.steps
        if recipe.steps > most:
            raise ConfigurationError(f"steps is {recipe.steps:,}; here it must be at most {most:,}", setting="steps")
        if recipe.steps > EVALUATIONS * recipe.eval_every:
            raise ConfigurationError(
                f"eval_every is {recipe.eval_every:,}; with {recipe.steps:,} steps it must be at least "
                f"{-(-recipe.steps // EVALUATIONS):,} here",
                setting="eval_every",
            )

    def _require_room(self) -> None:
        if self.closing:
            raise RequestError("the server is stopping; start it again first", 503)
        if len(self.trainings) >= self.limits.trainings:
            names = ", ".join(entry.name for entry in self.runs if entry.training in self.trainings)
            raise RequestError(f"{names} is in training; stop it, or wait for its end", 503)

    def close(self) -> None:
        """Ends trainings after their next evaluation, and with them those who follow; answers what is under way."""
        self.closing = True
        for entry in self.runs:
            if entry.training:
                entry.training.stop()

    async def join(self) -> None:
        """Waits for the end of all threads."""
        for training in self.trainings:
            await training.join()
        await asyncio.to_thread(self.compute.close)
        await asyncio.to_thread(self.score.close)


def models() -> list[dict[str, Any]]:
    """Returns the name, the summary and the JSON schema of every model that can be trained alone."""
    from moregrad.models.catalogue import CATALOGUE

    described = [(name, kind) for name, kind in CATALOGUE.items()]
    return [{"name": name, "summary": kind.summary(), "schema": kind.json_schema()} for name, kind in described]


def require_run(entry: Entry) -> Run:
    """Returns the run of `entry`; raises ModelError if it has taken no step yet, so that nothing can be asked of it."""
    if entry.training and entry.training.state == "under way" and not entry.run.metrics:
        raise ModelError(f"the run {entry.name!r} has not been evaluated yet; ask again in a moment")
    return entry.run
