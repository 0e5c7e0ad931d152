"""From a list of words to a trained run in a folder: what the command line and a Python program both do."""

import dataclasses
import math
import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from moregrad.data.cleaning import CleaningReport
from moregrad.data.corpus import Corpus, read_corpus
from moregrad.data.splits import METHODS
from moregrad.data.splits import split as split_corpus
from moregrad.suggestion import nearest
from moregrad.errors import ModelError, StorageError
from moregrad.evaluation.scores import Evaluation, Score
from moregrad.layers.layer import parameters
from moregrad.runs.fit import begin, learn
from moregrad.models.architecture import Architecture
from moregrad.models.catalogue import architecture as architecture_of
from moregrad.runs.run import TEST, TRAIN, VALIDATION, Run
from moregrad.sampling.words import Sample
from moregrad.runs.storage import SAMPLES, WORDS, load_run, save_run, save_words, write_whole
from moregrad.training.recipe import Recipe
from moregrad.training.recipes import RECIPES

Measures = dict[str, float | int | None]
Losses = dict[str, dict[str, Measures]]
Words = str | os.PathLike[str] | Iterable[str]
DEFAULT_SOURCE = "first-names"
DEFAULT_MODEL = "mixture"
SHOWN_SAMPLES = 20
READING = ("column", "lower", "alphabet", "keep_duplicates", "max_length")


def train(
    words: Words,
    model: str | Architecture = DEFAULT_MODEL,
    *,
    recipe: Recipe | None = None,
    split: str = "words",
    out: str | os.PathLike[str] | None = None,
    watch: Callable[[Run], None] | None = None,
    **settings: Any,
) -> Run:
    """Trains a model on `words`: the name of a source, a file, an address, or the words themselves.

    `settings` are fields of the architecture, of the recipe and options of `read_corpus`, such as hidden=64, steps=500,
    lower=True. `watch` is called with the run after every evaluation. With `out` the run is kept in that folder.
    """
    architecture = architecture_of({"name": model}) if isinstance(model, str) else model
    if not isinstance(architecture, Architecture):
        raise ModelError(f"{model!r:.60} is no model; give a name, such as 'gru', or an architecture, such as GRU()")
    recipe = recipe or RECIPES[architecture.name]
    reading = _taken(settings, READING)
    architecture = dataclasses.replace(architecture, **_taken(settings, _fields(architecture)))
    recipe = dataclasses.replace(recipe, **_taken(settings, _fields(recipe)))
    if settings:
        raise ModelError(no_such_setting(next(iter(settings)), architecture))
    folder = new_folder(Path(out)) if out is not None else None
    return _watched(prepare(read(words, split=split, **reading), architecture, recipe, split=split), folder, watch)


def resume(
    folder: str | os.PathLike[str], *, steps: int | None = None, watch: Callable[[Run], None] | None = None
) -> Run:
    """Goes on with the run in `folder`, to the very same bits as if it had never stopped.

    With more `steps` than it was to have it goes on beyond its end; a schedule that falls is then drawn out over all of
    them. Raises ModelError for fewer steps than it has taken.
    """
    return _watched(extended(load_run(folder), steps), Path(folder), watch)


def extended(run: Run, steps: int | None) -> Run:
    """`run`, to be trained up to step `steps`, or to where it was to end anyway."""
    taken = int(run.progress.step)
    if steps is not None and steps < taken:
        raise ModelError(f"steps {steps}: the run has taken {taken} already; give more")
    return run if steps is None else dataclasses.replace(run, recipe=dataclasses.replace(run.recipe, steps=steps))


def _watched(run: Run, folder: Path | None, watch: Callable[[Run], None] | None) -> Run:
    for latest in pursue(run, folder, clock=time.monotonic):
        run = latest
        if watch:
            watch(run)
    return finish(run, folder)[0]


def load(folder: str | os.PathLike[str]) -> Run:
    """The run kept in `folder`; raises StorageError for a missing, damaged or newer one."""
    return load_run(folder)


def save(run: Run, folder: str | os.PathLike[str]) -> None:
    """Keeps `run` in a new `folder`, from where `load` takes it; raises StorageError if that cannot be done."""
    place = new_folder(Path(folder))
    save_words(run.splits, place)
    save_run(run, place)


def no_such_setting(name: str, architecture: Architecture) -> str:
    """What to say of a setting that neither the architecture nor the recipe has."""
    own, common = _fields(architecture), _fields(Recipe())
    return (
        f"the model {architecture.name} has no setting {name!r}; did you mean {nearest(name, [*own, *common])!r}? "
        f"It has {', '.join(own)}; every training has {', '.join(common)}"
    )


def read(words: Words, *, split: str = "words", keep_duplicates: bool = False, **rules: Any) -> Corpus:
    """The corpus of `words`, repeated ones kept where the way to split asks for them."""
    method = METHODS.get(split)
    return read_corpus(words, keep_duplicates=keep_duplicates or bool(method and method.with_repeats), **rules)


def prepare(corpus: Corpus, architecture: Architecture, recipe: Recipe, *, split: str = "words") -> Run:
    """A run before its first step, with the record of where its words come from."""
    parts = split_corpus(corpus, split)
    words = {TRAIN: parts.train, VALIDATION: parts.validation, TEST: parts.test}
    splits = {name: corpus.encode(part) for name, part in words.items()}
    run = begin(splits, corpus.vocabulary, architecture, recipe)
    record = {
        "versions": _versions(),
        "source": corpus.source,
        "origin": corpus.origin,
        "fingerprint": corpus.fingerprint,
        "cleaning": _counted(corpus.report),
        "split": split,
        "words": {name: len(encoded) for name, encoded in splits.items()},
        "leakage": dataclasses.asdict(parts.leakage),
        "parameters": parameters(run.model),
    }
    return dataclasses.replace(run, record=record)


def new_folder(folder: Path) -> Path:
    """`folder`, made if need be; raises StorageError if there is anything in it that a run could overwrite."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        raise StorageError(f"cannot make the folder {folder}: {error.strerror}; name another one") from error
    if taken:
        raise StorageError(f"{folder} is not empty, and nothing is overwritten; name another folder, or resume its run")
    return folder


def pursue(run: Run, folder: Path | None, *, clock: Callable[[], float]) -> Iterator[Run]:
    """Trains `run` on to its end; what is yielded after every evaluation is in the folder already."""
    spent, start = run.record.get("seconds", 0.0), clock()
    run = _noted(run, losses=None)
    if folder and not (folder / WORDS).exists():
        save_words(run.splits, folder)
        save_run(run, folder)
    for learned in learn(run):
        timed = _noted(learned, seconds=round(spent + clock() - start, 3))
        if folder:
            save_run(timed, folder)
        yield timed


def finish(run: Run, folder: Path | None, *, count: int = SHOWN_SAMPLES) -> tuple[Run, list[Sample]]:
    """The run with its losses on record, and `count` new words; both are kept in the folder."""
    run = _noted(run, losses=losses(run.evaluate()))
    made = run.sample(count, novel=True, distinct=True, seed=run.recipe.seed)
    if folder:
        write_whole(folder / SAMPLES, "".join(f"{sample.word}\n" for sample in made).encode())
        save_run(run, folder)
    return run, made


def losses(evaluations: Mapping[str, Evaluation]) -> Losses:
    """Evaluations as they stand in records: list, then all words or unseen ones, then measure."""
    return {
        name: {"all": _figures(evaluation.all), "unseen": _figures(evaluation.unseen)}
        for name, evaluation in evaluations.items()
    }


def _figures(score: Score) -> Measures:
    means = {"nats": score.nats, "bits": score.bits, "perplexity": score.perplexity}
    finite = {name: mean if math.isfinite(mean) else None for name, mean in means.items()}
    return {"words": score.words, "predictions": score.predictions, **finite}


def _noted(run: Run, **facts: Any) -> Run:
    return dataclasses.replace(run, record={**run.record, **facts})


def _taken(settings: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Takes what is called by one of `names` out of `settings`."""
    return {name: settings.pop(name) for name in names if name in settings}


def _fields(configuration: Architecture | Recipe) -> Mapping[str, Any]:
    return {field.name: getattr(configuration, field.name) for field in dataclasses.fields(configuration)}


def _counted(report: CleaningReport) -> dict[str, Any]:
    dropped = {
        reason: {"count": found.count, "examples": list(found.examples)} for reason, found in report.dropped.items()
    }
    return {"read": report.read, "kept": report.kept, **dropped}


def _versions() -> dict[str, str]:
    packages = {name: version(name) for name in ("moregrad", "jax")}
    return {**packages, "python": platform.python_version(), "platform": platform.platform()}
