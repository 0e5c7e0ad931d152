"""A search for good settings from a list of words to a table: what Python calls, and the command line builds on."""

from collections.abc import Callable, Collection
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le

from moregrad.configuration import Setting, shorten
from moregrad.data.reading import Reading
from moregrad.data.splits import check_method
from moregrad.errors import ConfigurationError
from moregrad.models.architecture import Architecture
from moregrad.models.catalogue import architecture
from moregrad.runs.experiment import Words, read
from moregrad.runs.growing import MINUTES
from moregrad.runs.preparation import Preparation
from moregrad.runs.starting import AUTOMATIC, find_start
from moregrad.searches.findings import Findings, Trial
from moregrad.searches.search import Search
from moregrad.searches.space import Space
from moregrad.searches.study import GRID, Study

Pruning = Literal["median", "halving", "none"]
TRIALS = Setting.of("trials", Annotated[int, Ge(1), Le(10**6)], None)
PRUNING = Setting.of("pruning", Pruning, "median")


def sweep(
    words: Words,
    model: str | Architecture,
    *,
    trials: int | None = None,
    minutes: float | None = None,
    storage: str | PathLike[str] | None = None,
    split: str = "words",
    start: Any = AUTOMATIC,
    pruning: str = "median",
    callback: Callable[[Trial], None] | None = None,
    **settings: Any,
) -> Findings:
    """Trains a model on `words` with many settings, and returns all trials, the best first.

    `settings` are those of `moregrad.train`, each a value, a list of values, such as hidden=[32, 64], or text: "32,64"
    for values, "1e-3..3e-2" for a range, searched on a logarithmic scale where it spans more than a factor of ten. The
    measure is the validation loss in nats per character; each trial is what `moregrad.train` makes of its settings.

    The search ends after so many `trials` or `minutes`, or when all combinations were tried. With a `storage`, a file,
    it can be gone on with by the same call, and shared with other processes, which may be on other machines. `pruning`
    ends trials whose losses are above the median of those before ("median"), or that are not among the best third at
    the sixth part of the steps and each three times as many ("halving"), or none. `callback` is called with every trial
    that ends.

    Raises ConfigurationError for an unknown setting or a value that is not allowed, and for a storage that holds
    another search; MoregradError if optuna is not installed.
    """
    reading = Reading().replace(**{name: settings.pop(name) for name in Reading().options() if name in settings})
    base = architecture(model) if isinstance(model, str) else model
    space, given = Space.of(base, base.recipe, settings), set(settings)
    check_budget(space, trials, minutes, pruning)
    check_method(split)
    corpus = read(words, reading, split=split)
    preparation = Preparation.of(corpus, split=split, start=find_start(start))
    place = None if storage is None else Path(storage)
    search = open_search(preparation, space, place, given=given, pruning=pruning, trials=trials, minutes=minutes)
    try:
        for ended in search:
            for trial in ended:
                if callback:
                    callback(trial)
    finally:
        search.study.leave()
    return search.study.findings()


def open_search(
    preparation: Preparation,
    space: Space,
    storage: Path | None,
    *,
    given: Collection[str],
    pruning: str,
    trials: int | None,
    minutes: float | None,
) -> Search:
    """Returns a search before its first trial, or where it was left in `storage`; minutes count from now."""
    seconds = None if minutes is None else 60 * minutes
    # Steps that follow from the list do so whatever the other settings, which may not go together.
    recipe = space.recipe.replace(**{name: space.fixed[name] for name in ("steps",) if name in space.fixed})
    steps = preparation.begin(space.architecture, recipe, given={*given, *space.varied}).recipe.steps
    about = {"words": preparation.record.fingerprint, "split": preparation.record.split, **space.to_dict()}
    study = Study(storage, space, about, pruning=pruning, steps=steps, limit=trials)
    return Search(preparation, study, given=given, seconds=seconds)


def check_budget(space: Space, trials: int | None, minutes: float | None, pruning: str) -> None:
    """Raises ConfigurationError unless the search has something to vary and an end."""
    if not space.varied:
        raise ConfigurationError(
            f"{space.architecture.title}: no setting varies; give one several values, such as 32,64, or a range, such "
            "as 1e-3..3e-2"
        )
    for setting, value in ((TRIALS, trials), (MINUTES, minutes), (PRUNING, pruning)):
        if value is not None and not setting.allows(value):
            message = f"{setting.name} is {shorten(value)}; it must be {setting.allowed}"
            raise ConfigurationError(message, setting=setting.name)
    if trials is None and minutes is None and space.size > GRID:
        raise ConfigurationError("a search of so many settings has no end; give trials or minutes")
