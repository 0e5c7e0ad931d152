"""Commands whose options are those of the model that was chosen among the words typed."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Annotated, Any

from cyclopts import App, Parameter, UnknownOptionError

from moregrad.cli.calling import call
from moregrad.cli.config_file import HELP
from moregrad.cli.options import Text, as_option
from moregrad.cli.refusal import options_of, typed_option
from moregrad.configuration import Setting
from moregrad.data.splits import METHODS
from moregrad.errors import ConfigurationError, ModelError
from moregrad.models.architecture import Architecture
from moregrad.models.catalogue import CATALOGUE, architecture
from moregrad.models.presets import PRESETS, published
from moregrad.runs.planning import FOLLOWING, TUNED
from moregrad.suggestion import nearest

Tokens = Annotated[str, Parameter(allow_leading_hyphen=True)]
Model = Annotated[
    Text,
    Parameter(
        help=f"One of {', '.join(CATALOGUE)}, or several joined by +, such as gru+ngram, which are averaged, "
        "or stack: and those to stack on counts, such as stack:lstm; "
        "the options below change with it."
    ),
]
Preset = Annotated[Text | None, Parameter(help=f"Published settings to start from: {', '.join(PRESETS)}.")]
Split = Annotated[
    Text, Parameter(help="; ".join(f"{name}: {method.description}" for name, method in METHODS.items()) + ".")
]


def chosen(model: str, preset: str | None) -> Architecture:
    """Returns the model whose settings are the defaults; raises ModelError if the preset has none of that name."""
    if preset is None:
        return architecture(model)
    models = published(preset)
    if model not in models:
        raise ModelError(f"the preset {preset} has no model {model!r}; choose one of {', '.join(models)}")
    return models[model]


def changed(settings: dict[str, Any], base: Architecture) -> dict[str, Any]:
    """Returns the settings that differ from the defaults; the others stay as each member of a mixture has them."""
    defaults = base.options()
    typed = {name: value for name, value in settings.items() if value is not None}
    return {name: value for name, value in typed.items() if value != defaults[name].default}


def following(options: dict[str, Setting], base: Architecture, preset: str | None) -> dict[str, Setting]:
    """Returns `options`; those that follow from the size of the list have no default, and their help says so.

    A preset has them all, and so has a model whose settings were fitted to no size.
    """
    if follow(base, preset):
        return _undecided(options, FOLLOWING, lambda setting: "Follows from the number of words.")
    return _undecided(options, FOLLOWING, lambda setting: f"By default {setting.default}.")


def follow(base: Architecture, preset: str | None) -> bool:
    """Tells whether settings of `base` follow from the size of the list."""
    return base.fitted_to is not None and preset is None


def tuned(options: dict[str, Setting]) -> dict[str, Setting]:
    """Returns `options`; those that follow from a start have no default, and their help says what they are without."""
    return _undecided(options, TUNED, lambda setting: f"By default {setting.default}, or what suits a start.")


def _undecided(
    options: dict[str, Setting], names: Collection[str], remark: Callable[[Setting], str]
) -> dict[str, Setting]:
    """Returns `options`, those of `names` without defaults and with a remark in their help."""
    undecided = {
        name: replace(options[name].without_default(), help=f"{options[name].help} {remark(options[name])}")
        for name in names
        if name in options
    }
    return options | undecided


def parse(
    command: Callable[..., int | None], name: str, tokens: Sequence[str], explain: Callable[[str, list[str]], str]
) -> int:
    """Calls `command`, known as `moregrad name`, with the words typed; returns its exit code.

    Raises ConfigurationError for an unknown option, with what `explain` makes of it and of those there are.
    """
    app = App(
        name=f"moregrad {name}",
        help_format="plaintext",
        help_epilogue=HELP,
        version_flags=(),
        suppress_keyboard_interrupt=False,
    )
    app.default(command)
    app["--help"].show = False  # It is an option, not a command.
    try:
        return call(app, tokens) or 0
    except UnknownOptionError as error:
        raise ConfigurationError(explain(typed_option(error), options_of(error))) from error


def unknown_option(option: str, command: str, work: str, base: Architecture, known: Sequence[str]) -> str:
    """Says which options of those `known` are the model's, and which every `work` has, in place of one not known."""
    own = [as_option(name) for name in base.options()]
    every = [name for name in known if name not in own]
    return (
        f"the model {base.name} has no option {option}; did you mean {nearest(option, known)}? "
        f"It has {' '.join(own) or 'none'}; every {work} has {' '.join(every)}; "
        f"`moregrad {command} --model {base.name} --help` explains all"
    )
