"""From a list of words to a trained run in a folder: the one way that Python, the command line and a server take."""

import os
import time
import warnings
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

from moregrad.configuration import accepts, unknown_setting
from moregrad.data.corpus import Corpus, read_corpus
from moregrad.data.many_files import Files, find_files
from moregrad.data.pieces import Tell, silent
from moregrad.data.reading import Reading
from moregrad.data.splits import METHODS, check_method
from moregrad.errors import ConfigurationError, ModelError, StorageError
from moregrad.fork import check_process
from moregrad.models.architecture import Architecture
from moregrad.models.catalogue import architecture as architecture_of
from moregrad.models.transfer import Start
from moregrad.recipe import Recipe
from moregrad.runs.fit import fit, weigh
from moregrad.runs.folder import check_free, hold
from moregrad.runs.forecast import forecast
from moregrad.runs.growing import check_minutes, grow
from moregrad.runs.judging import judge
from moregrad.runs.planning import FOLLOWING, TUNED
from moregrad.runs.preparation import Preparation
from moregrad.runs.run import Run
from moregrad.runs.soundness import find_warnings
from moregrad.runs.starting import AUTOMATIC, NOTHING, Starting, find_start
from moregrad.runs.storage import claim, discard, holds_run, load_run, save_run, save_samples
from moregrad.runs.streamed import AUTO, choose_files, prepare_stored, scratch_folder, store_files
from moregrad.runs.unanimity import facts_of
from moregrad.sampling.words import Samples
from moregrad.training.processes import agree, exchange, told_if_lost, writes

Words = str | os.PathLike[str] | Iterable[str] | Files
Callback = Callable[[Run], None]
DEFAULT_SOURCE = "first-names"
DEFAULT_MODEL = "stack"
SAMPLES = 20


class Experiment:
    """A training under way. Each iteration trains up to the next evaluation and yields the run as it then is.

        experiment = Experiment(prepare(read_corpus("towns.txt"), GRU(), GRU.recipe), folder)
        for run in experiment:
            print(run.metrics[-1])

    With a folder, a run is saved there before it is yielded, and other processes are kept out of the folder meanwhile.
    It must be empty or hold this very run; what fails before its first step leaves nothing in it. After the last step
    `run` has its losses on record, `samples` are new words, both saved, and `finished` is true.

    In a process that was joined with others all train together, and process 0 alone has a folder, losses and samples.
    """

    def __init__(
        self,
        run: Run,
        folder: Path | None = None,
        *,
        samples: int = SAMPLES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.run = run
        self.folder = folder if writes() else None
        self.samples = Samples()
        self.finished = False
        self._count, self._clock, self._stopping = samples, clock, Event()

    def stop(self) -> None:
        """Ends the iteration after the next evaluation; may be called from another thread or a signal handler."""
        self._stopping.set()

    def __iter__(self) -> Generator[Run, None, None]:
        return self._train() if self.folder is None else self._train_in(self.folder)

    def _train_in(self, folder: Path) -> Generator[Run, None, None]:
        with hold(folder):
            begun, start = holds_run(folder), self.run.step
            self._words = claim(folder, self.run)
            try:
                yield from self._train()
            except Exception:
                if not begun and self.run.step == start:
                    discard(folder)
                raise

    def _train(self) -> Generator[Run, None, None]:
        spent, start = self.run.record.seconds, self._clock()
        self._update(self.run, losses=None, warnings=(), verdict=None)
        agree(facts_of(self.run))
        self._save()
        with told_if_lost():
            for run in fit(self.run):
                self._update(run, seconds=round(spent + self._clock() - start, 3), rows=run.record.rows)
                self._save()
                yield self.run
                if exchange([self._stopping.is_set()]).any():
                    return
        if writes():
            self._finish()
        self.finished = True

    def _finish(self) -> None:
        self.run = weigh(self.run)
        self._update(self.run, losses=self.run.evaluate())
        self._update(self.run, warnings=find_warnings(self.run))
        self._update(self.run, verdict=judge(self.run))
        self.samples = self.run.sample(self._count, novel=True, distinct=True, seed=self.run.recipe.seed)
        if self.folder:
            save_samples([sample.word for sample in self.samples], self.folder)
        self._save()

    def _update(self, run: Run, **facts: Any) -> None:
        self.run = replace(run, record=self.run.record.replace(**facts))

    def _save(self) -> None:
        if self.folder:
            save_run(self.run, self.folder, words=self._words)


@accepts(Reading, Recipe)
def train(
    words: Words,
    model: str | Architecture | None = None,
    *,
    recipe: Recipe | None = None,
    split: str = "words",
    out: str | os.PathLike[str] | None = None,
    callback: Callback | None = None,
    minutes: float | None = None,
    start: str | os.PathLike[str] | Run = AUTOMATIC,
    way: str = AUTO,
    scratch: str | os.PathLike[str] | None = None,
    **settings: Any,
) -> Run:
    """Trains a model on `words`: the name of a source, a file, a URL, or the words themselves.

    `model` is a name, such as "gru", names joined by `+`, such as "gru+ngram", for their mixture, or an architecture.
    It begins with the weights of `start`: a run or its folder, "shipped" for the network that the package ships, "none"
    for new weights; by default a stack begins from the shipped one where words are few. Without a `model` it is the
    start's.
    `settings` are fields of the architecture, of the recipe and of `Reading`, such as hidden=64, steps=500, lower=True.
    Steps, evaluations, patience and dropout that are not given follow from the number of words.
    With `minutes` a stack gets as many networks as can be trained in that time, which counts from the call.
    Files too long for memory stay on disk, in `scratch` or the user's cache; way="memory" or "stream" decides it.
    `callback` is called with the run after every evaluation. With `out` the run is kept in that folder.

    Warns with UserWarning before a training that costs out of all proportion, and after one that went wrong although
    every loss was a number, as its `record.warnings` tell. Raises ConfigurationError for an unknown setting or a value
    that is not allowed.
    """
    called = time.monotonic()
    begun = find_start(start)
    architecture = _choose(model, begun)
    given = set(settings) | (set(Recipe.settings()) if recipe else set())
    recipe = architecture.recipe if recipe is None else recipe
    if not isinstance(recipe, Recipe):
        raise ConfigurationError(f"{recipe!r:.60} is no recipe; give one, such as Recipe(steps=500)")
    _require_function(callback)
    architecture, recipe, reading = share_out(settings, architecture, recipe)
    check_method(split)
    if minutes is not None:
        check_minutes(minutes, architecture)
    folder = check_free(_require_path(out)) if out is not None and writes() else None
    if isinstance(model, Architecture):
        given |= set(architecture.options())
    options = {"split": split, "given": given, "start": begun, "way": way, "scratch": scratch}
    run = prepare_any([words], reading, architecture, recipe, **options)
    if minutes is not None:
        run = grow(run, 60 * minutes - (time.monotonic() - called))
    return _run_to_end(Experiment(run, folder), callback)


def resume(folder: str | os.PathLike[str], *, steps: int | None = None, callback: Callback | None = None) -> Run:
    """Goes on with the run in `folder`, to the very same bits as if it had never stopped.

    With more `steps` than it was to have it goes on beyond its end; a schedule that falls is then stretched over all of
    them. Warns as `train` does. Raises ConfigurationError for fewer steps than it has taken.
    """
    check_process()
    return _run_to_end(Experiment(extend(load_run(_require_path(folder)), steps), Path(folder)), callback)


def _run_to_end(experiment: Experiment, callback: Callback | None) -> Run:
    _warn(forecast(experiment.run))
    with closing(iter(experiment)) as runs:
        for run in runs:
            if callback:
                callback(run)
    _warn(experiment.run.record.warnings)
    return experiment.run


def _warn(messages: Iterable[str]) -> None:
    for message in messages:
        warnings.warn(message, stacklevel=4)


def extend(run: Run, steps: int | None) -> Run:
    """Returns `run`, to be trained up to step `steps`; None leaves its end where it was."""
    if steps is None:
        return run
    recipe = run.recipe.replace(steps=steps)
    if steps < run.step:
        raise ConfigurationError(f"steps {steps}: the run has taken {run.step} already; give more")
    return replace(run, recipe=recipe)


def load(folder: str | os.PathLike[str]) -> Run:
    """Reads the run in `folder`; raises StorageError for a missing, damaged or newer one.

    With multiprocessing, load in each process and start them by "spawn". After a `fork` JAX would hang, so
    MoregradError is raised in a process forked after a model was used.
    """
    check_process()
    return load_run(_require_path(folder))


def save(run: Run, folder: str | os.PathLike[str]) -> None:
    """Saves `run` in a new `folder`, from where `load` reads it; raises StorageError if that cannot be done."""
    if not isinstance(run, Run):
        raise ModelError(f"{run!r:.60} is no run; give what train or load returned")
    folder = check_free(_require_path(folder))
    with hold(folder):
        save_run(run, folder, words=claim(folder, run))


def _require_path(folder: str | os.PathLike[str]) -> str | os.PathLike[str]:
    if not isinstance(folder, str | os.PathLike):
        raise StorageError(f"{folder!r:.60} is no folder; give its path, such as 'runs/mine'")
    return folder


def read(words: Words, reading: Reading, *, split: str = "words") -> Corpus:
    """Reads a corpus; repeated words are kept where the way to split asks for them."""
    method = METHODS.get(split)
    keep_duplicates = reading.keep_duplicates or bool(method and method.with_repeats)
    return read_corpus(words, **{**vars(reading), "keep_duplicates": keep_duplicates})


def prepare(
    corpus: Corpus,
    architecture: Architecture,
    recipe: Recipe,
    *,
    split: str = "words",
    given: Collection[str] = (*FOLLOWING, *TUNED),
    start: Starting = NOTHING,
) -> Run:
    """Returns a run before its first step, with the record of where its words come from.

    Of the settings in FOLLOWING, and with a start of those in TUNED, those that are not `given` follow from the size of
    the list.
    """
    return Preparation.of(corpus, split=split, start=start).begin(architecture, recipe, given=given)


@contextmanager
def unwatched(files: Files, folder: Path) -> Iterator[Tell]:
    """Watches over the reading of `files` in pieces, kept in `folder`, and tells nobody."""
    yield silent


def prepare_any(
    sources: Sequence[Words],
    reading: Reading,
    architecture: Architecture,
    recipe: Recipe,
    *,
    split: str,
    given: Collection[str],
    start: Starting,
    way: str = AUTO,
    scratch: str | os.PathLike[str] | None = None,
    watch: Callable[[Files, Path], AbstractContextManager[Tell]] = unwatched,
) -> Run:
    """Returns a run before its first step on a list in memory or, as its length or `way` asks for, on disk.

    Several `sources` are files of one list. `watch` is entered while files are read in pieces.
    """
    files = choose_files(sources, reading, read=way, split=split)
    if files is None:
        corpus = read(join_sources(sources), reading, split=split)
        return prepare(corpus, architecture, recipe, split=split, given=given, start=start)
    folder = scratch_folder(files, reading, scratch)
    with watch(files, folder) as tell:
        stored = store_files(files, reading, folder, tell=tell)
        return prepare_stored(files, stored, reading, architecture, recipe, given=given, start=start, tell=tell)


def join_sources(sources: Sequence[Words]) -> Words:
    """Returns the one source, or several as the files of one list; raises DataError if one of those does not exist."""
    return (find_files(sources) if len(sources) > 1 else None) or sources[0]


def _require_function(callback: Callback | None) -> None:
    if callback is not None and not callable(callback):
        raise ConfigurationError(f"{callback!r:.60} is no callback; give a function that takes a run")


def _choose(model: str | Architecture | None, start: Starting) -> Architecture:
    if model is None:
        model = start.architecture if isinstance(start, Start) else DEFAULT_MODEL
    if not isinstance(model, str | Architecture):
        raise ModelError(f"{model!r:.60} is no model; give a name, such as 'gru', or an architecture, such as GRU()")
    return architecture_of(model) if isinstance(model, str) else model


def share_out(
    settings: Mapping[str, Any], architecture: Architecture, recipe: Recipe
) -> tuple[Architecture, Recipe, Reading]:
    """Returns the architecture, the recipe and the reading with those of `settings` that each has.

    Raises ConfigurationError for a setting that none has, and for a value that is not allowed.
    """
    reading = Reading()
    for name in settings:
        if not any(name in each.options() for each in (architecture, recipe, reading)):
            unknown = unknown_setting(name, architecture, recipe, reading)
            raise ConfigurationError(f"{architecture.title} has no {unknown}")

    def own(names: Iterable[str]) -> dict[str, Any]:
        return {name: settings[name] for name in names if name in settings}

    return (
        architecture.replace(**own(architecture.options())),
        recipe.replace(**own(recipe.options())),
        reading.replace(**own(reading.options())),
    )
