"""`moregrad sweep`: settings of the chosen model, each with several values or a range."""

import shlex
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import NoneType
from typing import Annotated, Any

from annotated_types import Ge, Le
from cyclopts import Parameter

from moregrad.cli.choice import Model, Preset, Split, Tokens, chosen, follow, parse, unknown_option
from moregrad.cli.options import HYPHEN, SHIELDED, Json, Number, NumberOf, Place, Source, Text, takes, values
from moregrad.cli.show_search import search_for_best, show_spread
from moregrad.configuration import Setting
from moregrad.data.reading import Reading
from moregrad.data.splits import check_method
from moregrad.errors import ConfigurationError
from moregrad.models.architecture import Architecture
from moregrad.recipe import Recipe
from moregrad.runs.experiment import DEFAULT_MODEL, DEFAULT_SOURCE, read
from moregrad.runs.folder import check_free, free_folder
from moregrad.runs.growing import MINUTES
from moregrad.runs.planning import FOLLOWING, TUNED
from moregrad.runs.preparation import Preparation
from moregrad.runs.starting import AUTOMATIC, find_start
from moregrad.searches.optuna_extra import load_optuna
from moregrad.searches.space import Space
from moregrad.searches.spread import begin_all
from moregrad.searches.sweeps import PRUNING, check_budget, open_search
from moregrad.searches.workers import free_journal

Trials = Annotated[int | None, Number("Trials in all, those of other processes included.", Ge(1), Le(10**6))]
Minutes = Annotated[float | None, NumberOf(MINUTES, "Minutes after which no trial goes on; then the best is trained.")]
Storage = Annotated[
    Place | None,
    Parameter(
        help="File that keeps the trials, by which a search goes on, and which several processes may share; by default "
        "a new one in searches/."
    ),
]
PruningWord = Annotated[
    Text,
    Parameter(
        help="Which trials end early: those above the median of the others (median), all but the best third, again and "
        "again (halving), or none."
    ),
]
Seeds = Annotated[
    int | None, Number("Train one setting with so many seeds instead, and tell how losses spread.", Ge(2), Le(1000))
]
Out = Annotated[Place | None, Parameter(help="Folder for the run of the best settings; a new one in runs/ by default.")]
SEVERAL = "each one value, several, such as 32,64, or a range, such as 1e-3..3e-2"


def sweep(*tokens: Tokens, model: Text | None = None, preset: Text | None = None) -> int:
    """Parses all other words that were typed by the form of the command that these two options ask for."""
    name = DEFAULT_MODEL if model is None else model
    base = chosen(name, preset)
    typed = [*tokens, *(["--model", model] if model else []), *(["--preset", preset] if preset else [])]

    def explain(option: str, known: list[str]) -> str:
        return unknown_option(option, "sweep", "search", base, known)

    return parse(form(base, name, preset, typed), "sweep", tokens, explain)


EXAMPLES = "values, such as 32,64, or ranges, such as 0..0.5"


def _as_texts(kind: Architecture | Recipe, base: Architecture, preset: str | None) -> dict[str, Setting]:
    """Returns the options of `kind` as texts that stand for values and ranges; those that are not typed are None."""
    fixed = not follow(base, preset)
    return {
        name: replace(
            setting,
            hint=str | None,
            kinds=(str, NoneType),
            choices=(),
            limits=(),
            sequence=False,
            default=None,
            help=f"{setting.help} {_default(name, setting, fixed=fixed)}".strip(),
        )
        for name, setting in kind.options().items()
    }


def _default(name: str, setting: Setting, *, fixed: bool) -> str:
    one = f"One of {', '.join(setting.choices)}. " if setting.choices else ""
    if setting.sequence:
        one = "Numbers with commas between them make one value. "
    if name in FOLLOWING and not fixed:
        return f"{one}Follows from the number of words."
    shown = ",".join(map(str, setting.default)) if setting.sequence else str(setting.default)
    return one if setting.default in (None, ()) else f"{one}By default {shown.lower()}."


def form(base: Architecture, chosen_model: str, chosen_preset: str | None, typed: list[str]) -> Callable[..., int]:
    """Returns the command for a model whose settings are those of `base`."""

    @takes(
        reading=("The list of words", Reading.settings()),
        settings=(f"The model {chosen_model}: {EXAMPLES}", _as_texts(base, base, chosen_preset)),
        recipe=("The training: values or ranges, such as 1e-3..3e-2", _as_texts(base.recipe, base, chosen_preset)),
    )
    def start(
        source: Source = DEFAULT_SOURCE,
        /,
        *,
        model: Model = chosen_model,
        preset: Preset = chosen_preset,
        split: Split = "words",
        trials: Trials = None,
        minutes: Minutes = None,
        storage: Storage = None,
        pruning: PruningWord = PRUNING.default,
        seeds: Seeds = None,
        out: Out = None,
        json: Json = False,
        reading: Any = None,
        settings: Any = None,
        recipe: Any = None,
    ) -> int:
        """Search for good settings: train with many, the ones of one shape as one program, and train the best again.

        The best is a run of `moregrad train`. Ctrl-C keeps all finished trials.
        """
        asked = {n: value for group in (settings, recipe) for n, value in values(group).items() if value is not None}
        space = Space.of(base, base.recipe, asked)
        given = {*asked, *((*FOLLOWING, *TUNED) if preset else ())}
        check_method(split)
        if seeds is not None:
            _check_alone(space, trials=trials, minutes=minutes, storage=storage, out=out)
        else:
            load_optuna()
            check_budget(space, trials, minutes, pruning)
        folder = check_free(out) if out else None
        corpus = read(source, Reading().replace(**values(reading)), split=split)
        preparation = Preparation.of(corpus, split=split, start=find_start(AUTOMATIC))
        if seeds is not None:
            return show_spread(begin_all(preparation, *space.settle({}), seeds, given=given), json=json)
        place = storage or free_journal(base.name, corpus.source)
        search = open_search(preparation, space, place, given=given, pruning=pruning, trials=trials, minutes=minutes)
        with nullcontext(folder) if folder else free_folder(base.name, corpus.source) as taken:
            return search_for_best(search, taken, place, again=_again(typed, place), json=json)

    return start


def _check_alone(space: Space, **others: Any) -> None:
    """Raises ConfigurationError for what does not go with --seeds."""
    wanted = [f"--{name}" for name, value in others.items() if value is not None]
    varied = [f"several values of {name}" for name in space.varied]
    if wanted or varied:
        raise ConfigurationError(
            f"--seeds trains one setting with several seeds and does not go with {', '.join([*varied, *wanted])}; "
            "leave out the one or the other"
        )


def _again(typed: list[str], place: Path) -> str:
    """Returns the command that goes on with the search."""
    words = [HYPHEN if word == SHIELDED else word for word in typed]
    kept = (
        []
        if "--storage" in words or any(word.startswith("--storage=") for word in words)
        else ["--storage", str(place)]
    )
    return shlex.join(["moregrad", "sweep", *words, *kept])
