"""The words that may follow on a line, as a table in which a shell looks them up without starting Python."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_origin

from cyclopts import App

from moregrad.cli.config_file import NONE, OPTION
from moregrad.cli.options import as_option
from moregrad.configuration import Setting

FILE, DIRECTORY, ANY = "@file", "@directory", "-"
"""Values that are not words of a list: any file, any folder, anything at all."""

COMPOSED = {"+": "bigram+bigram", "stack:": "stack:bigram"}
"""The signs of models that are made of others, and for each a model with no options but its own."""


@dataclass(frozen=True)
class Row:
    """A subcommand, an option or an argument of `command`, and the words that its value may be."""

    command: str
    models: str
    """The models that have the option; empty for all."""
    name: str
    """The subcommand, the option, or the place of the argument from 1, with a + if more may follow."""
    values: str
    help: str


def table() -> str:
    """Returns the rows of all commands as lines of fields with tabs between them."""
    from moregrad.cli import app

    rows = [*_rows(app, ()), Row("", "", "--version", "", "Print the version")]
    return "".join("\t".join(astuple(row)) + "\n" for row in rows)


def _rows(app: App, path: tuple[str, ...]) -> Iterator[Row]:
    """Yields the rows of a command and of those below it."""
    command = " ".join(path)
    for name in app:
        if not name.startswith("-"):
            yield Row(command, "", name, "", _first_sentence(app[name].help))
            yield from _rows(app[name], (*path, name))
    if app.default_command:
        yield from _arguments(_common_form(command) or app, command)
        yield from _of_models(command) if _common_form(command) else ()
    yield Row(command, "", "--help", "", "Explain the options")
    yield Row(command, "", OPTION, f"{NONE} {FILE}", "A TOML file of options")


def _common_form(command: str) -> App | None:
    """Returns a command whose options depend on the model as it is for a model without options; None for others."""
    from moregrad.cli import lrfind, sweep, train
    from moregrad.models.bigram import Bigram
    from moregrad.runs.starting import NOTHING

    forms = {
        "train": lambda: train.form(Bigram(), "", None, NOTHING),
        "lrfind": lambda: lrfind.form(Bigram(), "", None),
        "sweep": lambda: sweep.form(Bigram(), "", None, []),
    }
    if command not in forms:
        return None
    app = App(name=command)
    app.default(forms[command]())
    return app


def _arguments(app: App, command: str) -> Iterator[Row]:
    known = _known_values()
    for argument in app.assemble_argument_collection():
        if argument.show and argument.name != "*":
            several = get_origin(argument.hint) is tuple
            place = None if argument.index is None else f"{argument.index + 1}{'+' * several}"
            choices = known.get(f"{command} {argument.name}") or known.get(argument.name) or _values(argument)
            yield Row(command, "", place or argument.name, " ".join(choices), _first_sentence(argument.parameter.help))


def _values(argument: Any) -> Sequence[str]:
    if argument.is_flag():
        return ()
    return argument.get_choices() or ((FILE,) if Path in (argument.hint, *get_args(argument.hint)) else (ANY,))


def _of_models(command: str) -> Iterator[Row]:
    """Yields the options that some models have and others have not."""
    from moregrad.models.catalogue import CATALOGUE, architecture

    owners: dict[Row, list[str]] = {}
    for model, name in ({each: each for each in CATALOGUE} | COMPOSED).items():
        for setting in architecture(name).options().values():
            row = Row(command, "", as_option(setting.name), _choices(setting, command), _first_sentence(setting.help))
            owners.setdefault(row, []).append(model)
    for row, models in owners.items():
        yield replace(row, models=" ".join(models))


def _choices(setting: Setting, command: str) -> str:
    if setting.kinds == (bool,):
        return "true false" if command == "sweep" else ""
    return " ".join(setting.choices) or ANY


def _known_values() -> dict[str, Sequence[str]]:
    """Returns the values of options and arguments, of all commands or of one, that their types do not tell."""
    from moregrad.cli.plot import COMPARE
    from moregrad.cli.processes import KINDS
    from moregrad.data.sources import SOURCES
    from moregrad.data.splits import METHODS
    from moregrad.formats.writers import FORMATS
    from moregrad.lectures.reproduction import REPRODUCTIONS
    from moregrad.models.catalogue import CATALOGUE
    from moregrad.models.presets import PRESETS
    from moregrad.recipe import Recipe
    from moregrad.runs.plotting import OF_LISTS, OF_RUNS
    from moregrad.runs.prior import SIZES, UNIFORM
    from moregrad.runs.starting import NOTHING, SHIPPED
    from moregrad.runs.streamed import WAYS
    from moregrad.searches.sweeps import PRUNING

    lists = (*(name for name in SOURCES if ":" not in name), FILE)
    return {
        **dict.fromkeys(("SOURCE", "MORE", "WORDS", "WHAT", "play RUNS", "--words"), lists),
        **dict.fromkeys(("RUN", "RUNS", "DIRECTORY", "--resume", "--scratch"), (DIRECTORY,)),
        **{as_option(name): setting.choices for name, setting in Recipe.settings().items() if setting.choices},
        "explain WORDS": (ANY,),
        "plot WHAT": (*dict.fromkeys((*OF_RUNS, *OF_LISTS, COMPARE)), *lists),
        "NAMES": tuple(REPRODUCTIONS),
        "--model": tuple(CATALOGUE),
        "--preset": tuple(PRESETS),
        "--split": tuple(METHODS),
        "--read": WAYS,
        "--start": (SHIPPED, NOTHING, DIRECTORY),
        "--pruning": PRUNING.choices,
        "--prior": (UNIFORM, SIZES),
        "--device": KINDS,
        "--to": tuple(FORMATS),
    }


def _first_sentence(help: str | None) -> str:
    """Returns the beginning of a help, of which a shell shows as much as fits in a line."""
    return re.split(r"\.(?:\s+(?=[A-Z])|$)", " ".join((help or "").split()))[0]
