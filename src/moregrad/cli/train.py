"""`moregrad train`: the options are those of the chosen model."""

from collections.abc import Callable
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter, UnknownOptionError

from moregrad.cli.options import Flag, Json, Reading, Source, options
from moregrad.cli.show_training import free_folder, train_in
from moregrad.data.splits import METHODS
from moregrad.errors import ModelError
from moregrad.models.architecture import Architecture
from moregrad.models.catalogue import CATALOGUE, architecture
from moregrad.models.presets import PRESETS, published
from moregrad.recipe import Recipe
from moregrad.runs.experiment import DEFAULT_MODEL, DEFAULT_SOURCE, SHOWN_SAMPLES, extended, new_folder, prepare, read
from moregrad.runs.storage import load_run
from moregrad.suggestion import nearest
from moregrad.training.recipes import RECIPES

ONE_OF_MODELS = f"One of {', '.join(CATALOGUE)}; the options below change with it."
ONE_OF_PRESETS = f"Published settings to start from: {', '.join(PRESETS)}."
ONE_OF_SPLITS = "; ".join(f"{name}: {method.description}" for name, method in METHODS.items()) + "."

Tokens = Annotated[str, Parameter(allow_leading_hyphen=True)]
Samples = Annotated[int, Parameter(help="How many new words to make in the end.")]
TensorBoard = Annotated[bool, Flag("Write event files for TensorBoard as well.")]


def train(*tokens: Tokens, model: str | None = None, preset: str | None = None, resume: Path | None = None) -> int:
    """Runs the form of the command that these three options ask for with all other words that were typed."""
    if resume and (model or preset):
        raise ModelError(f"{resume} has its model already; resume it without --model and --preset")
    base = _base(model or DEFAULT_MODEL, preset)
    app = App(name="moregrad train", help_format="plaintext", version_flags=(), suppress_keyboard_interrupt=False)
    app.default(_resume(resume) if resume else _start(base, preset))
    try:
        return app(tokens, exit_on_error=False, print_error=False, result_action="return_value") or 0
    except UnknownOptionError as error:
        if resume:
            raise ModelError(f"{error} A resumed run has its settings already; only --steps can be raised") from error
        raise ModelError(_unknown_option(str(error.token.value), base)) from error


def _base(model: str, preset: str | None) -> Architecture:
    """The model whose fields are the defaults."""
    if preset is None:
        return architecture({"name": model})
    models = published(preset)
    if model not in models:
        raise ModelError(f"the preset {preset} has no model {model!r}; choose one of {', '.join(models)}")
    return models[model]


def _start(base: Architecture, chosen_preset: str | None) -> Callable[..., int]:
    shape, course = options(base, group=f"The model {base.name}"), options(RECIPES[base.name], group="The training")

    def start(
        source: Source = DEFAULT_SOURCE,
        /,
        *,
        model: Annotated[str, Parameter(help=ONE_OF_MODELS)] = base.name,
        preset: Annotated[str | None, Parameter(help=ONE_OF_PRESETS)] = chosen_preset,
        split: Annotated[str, Parameter(help=ONE_OF_SPLITS)] = "words",
        out: Annotated[Path | None, Parameter(help="Folder of the run; a new one in runs/ by default.")] = None,
        resume: Annotated[Path | None, Parameter(help="Go on with the run in this folder instead.")] = None,
        samples: Samples = SHOWN_SAMPLES,
        tensorboard: TensorBoard = False,
        json: Json = False,
        reading: Reading = Reading(),  # noqa: B008
        architecture: Any = None,
        recipe: Any = None,
    ) -> int:
        """Train a model on a list of words; it is kept in a folder."""
        chosen = replace(base, **asdict(architecture)) if architecture else base
        settings = replace(RECIPES[base.name], **asdict(recipe)) if recipe else RECIPES[base.name]
        folder = new_folder(out) if out else None
        run = prepare(read(source, split=split, **reading.rules()), chosen, settings, split=split)
        return train_in(folder or free_folder(run), run, samples=samples, tensorboard=tensorboard, json=json)

    start.__annotations__ |= {"architecture": shape, "recipe": course}
    return start


def _resume(folder: Path) -> Callable[..., int]:
    def resume(
        *,
        resume: Annotated[Path, Parameter(help="Folder of the run.")] = folder,
        steps: Annotated[int | None, Parameter(help="Train up to this step instead of where it was to end.")] = None,
        samples: Samples = SHOWN_SAMPLES,
        tensorboard: TensorBoard = False,
        json: Json = False,
    ) -> int:
        """Go on with a run that was interrupted, to the very same result; or, with more --steps, beyond its end."""
        return train_in(folder, extended(load_run(folder), steps), samples=samples, tensorboard=tensorboard, json=json)

    return resume


def _unknown_option(option: str, base: Architecture) -> str:
    shape, course = ([f"--{item.name.replace('_', '-')}" for item in fields(kind)] for kind in (base, Recipe()))
    return (
        f"the model {base.name} has no option {option}; did you mean {nearest(option, [*shape, *course])}? "
        f"It has {' '.join(shape) or 'none'}; every training has {' '.join(course)}; "
        f"`moregrad train --model {base.name} --help` explains all"
    )
