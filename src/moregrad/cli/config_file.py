"""Settings from a TOML file: a table for each command, with the names of its options; what is typed wins."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

from cyclopts import App

from moregrad.cli.options import as_option
from moregrad.configuration import shorten
from moregrad.errors import MoregradError
from moregrad.suggestion import nearest

OPTION, DEFAULT, NONE = "--config", "moregrad.toml", "none"
HELP = f"Options may stand in a TOML file, under [COMMAND]: {OPTION} FILE, or else {DEFAULT} in this folder."
LATER = ("train", "lrfind", "sweep")
"""Commands whose options depend on the model, so that they look at the names of settings themselves."""
ARGUMENTS_OF_LATER = ("SOURCE", "MORE")
LARGEST = 2**20
"""The most bytes of a file."""
EXCLUDED_BY = {"--csv": {"--json", "--out"}, "--json": {"--csv"}}
"""Options and those beside which they have no place."""
WHEN_RESUMING = (
    *("--samples", "--tensorboard", "--json"),
    *("--coordinator", "--processes", "--process", "--wait", "--device"),
)
"""Settings that a training which goes on can take; it has the others already."""


@dataclass(frozen=True)
class Taken:
    """The settings of a command that were taken from `file`: by option, the words that would be typed for it."""

    file: str = ""
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def explain(self, message: str) -> str:
        """Returns the message of an error, behind the name of the file if the first option in it is from there."""
        named = re.search(r"--[\w-]+", message)
        return f"{self.file}: {message}" if named and named[0] in self.options else message


def take_settings(app: App, typed: Sequence[str]) -> tuple[list[str], Taken]:
    """Returns what was typed together with the settings that the file has for the command, and tells which those are.

    The file is the one after --config, or else moregrad.toml in this folder, if there is one; after `--config none`
    there is none. Raises MoregradError for a file that cannot be read, is no TOML or has a table for no command.
    """
    words, file = _take_file(typed)
    command = _command(app, words)
    if not command or not file or {"--help", "-h"} & {*words}:
        return words, Taken()
    table = _find_table(_read(file), app, command, file)
    _check_names(table, reduce(getitem, command, app), file, command)
    rest = words[len(command) :]
    options: dict[str, list[str]] = {}
    for name, value in table.items():
        if as_option(name) in options:
            raise MoregradError(f"{file}: [{'.'.join(command)}] gives {as_option(name)} twice; give it once")
        options[as_option(name)] = _words(name, value, command, file)
    options = {name: found for name, found in options.items() if _may_add(name, rest)}
    added = [word for found in options.values() for word in found]
    if added:
        from moregrad.cli.screen import say

        say(f"note: {file} sets {' '.join(added)}")
    return [*command, *added, *rest], Taken(file, options)


def _take_file(typed: Sequence[str]) -> tuple[list[str], str | None]:
    """Separates --config and its value from the other words; returns these, and the name of the file to be read."""
    end = typed.index("--") if "--" in typed else len(typed)
    places = [place for place, word in enumerate(typed[:end]) if word == OPTION or word.startswith(f"{OPTION}=")]
    if not places:
        return list(typed), DEFAULT if Path(DEFAULT).is_file() else None
    place = places[0]
    length = 2 if typed[place] == OPTION else 1
    file = "".join(typed[place + 1 : place + 2]) if length == 2 else typed[place].partition("=")[2]
    if len(places) > 1 or not file or file.startswith("--"):
        raise MoregradError(f"{OPTION} takes one file, such as {OPTION} {DEFAULT}, or {NONE}; give it once")
    return [*typed[:place], *typed[place + length :]], None if file == NONE else file


def _command(app: App, words: Sequence[str]) -> list[str]:
    """Returns the words that name the command, such as train, or data and show; none if they name none."""
    if not words or words[0] not in _commands(app):
        return []
    inner = _commands(app[words[0]])
    if not inner:
        return [words[0]]
    return list(words[:2]) if len(words) > 1 and words[1] in inner else []


def _commands(app: App) -> list[str]:
    return [name for name in app if not name.startswith("-")]


def _read(file: str) -> dict[str, Any]:
    try:
        with open(file, "rb") as stream:
            content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise MoregradError(f"{file} is longer than {LARGEST:,} bytes, so it holds no settings; name another file")
        return tomllib.loads(content.decode())
    except FileNotFoundError as error:
        raise MoregradError(f"there is no file {file}; give {OPTION} one that exists, or {NONE}") from error
    except OSError as error:
        told = f"{file} cannot be read: {error.strerror}"
        raise MoregradError(f"{told}; give {OPTION} a file that can, or {NONE}") from error
    except (ValueError, RecursionError) as error:
        raise MoregradError(f"{file} is no TOML: {error}; write it as in: [train] and below it steps = 500") from error


def _find_table(content: dict[str, Any], app: App, command: Sequence[str], file: str) -> dict[str, Any]:
    """Returns the table of `command`, empty if there is none; raises MoregradError for a name of no command."""
    for depth, word in enumerate(command):
        known = _commands(app)
        for name, value in content.items():
            if not isinstance(value, dict):
                raise MoregradError(f"{file}: {name} stands in no table of a command; write it below [train], for one")
            if name not in known:
                above = command[:depth]
                meant = ".".join([*above, nearest(name, known)])
                raise MoregradError(f"{file}: there is no command {' '.join([*above, name])}; did you mean [{meant}]?")
        content, app = content.get(word, {}), app[word]
    return content


def _check_names(table: Mapping[str, Any], command: App, file: str, words: Sequence[str]) -> None:
    """Raises MoregradError for an argument, and with the nearest for a name that no option of the command has."""
    every = [name for each in command.assemble_argument_collection() for name in each.names]
    known = [name.removeprefix("--") for name in every if name.startswith("--")]
    arguments = ARGUMENTS_OF_LATER if words[0] in LATER else every
    for name in table:
        if name.upper() in arguments:
            told = f"{name} is an argument of {' '.join(words)}, not an option"
            raise MoregradError(f"{file}: {told}; type it, and take it out of the file")
        if words[0] not in LATER and as_option(name) not in every:
            meant = f"; did you mean {nearest(name, known)}?" if known else ", as it has none; take it out"
            raise MoregradError(f"{file}: {' '.join(words)} has no option {name}{meant}")


def _words(name: str, value: Any, command: Sequence[str], file: str) -> list[str]:
    """Returns what would be typed for a setting, an option for each item of a list."""
    items = value if isinstance(value, list) else [value]
    for item in items:
        if not isinstance(item, bool | int | float | str):
            told = f"{file}: {name} of [{'.'.join(command)}] is {shorten(value)}"
            raise MoregradError(f"{told}; give a text, a number, true, false, or a list of such")
    return [f"{as_option(name)}={str(item).lower() if isinstance(item, bool) else item}" for item in items]


def _may_add(option: str, typed: Sequence[str]) -> bool:
    """Tells whether an option of the file has a place beside what was typed: neither it nor its opposite was."""
    given = {as_option(word.partition("=")[0].removeprefix("--")) for word in typed if word.startswith("--")}
    given |= {f"--{name.removeprefix('--no-')}" for name in given}
    resumed = "--resume" in given and option not in WHEN_RESUMING
    return not resumed and not given & {option, *EXCLUDED_BY.get(option, ())}
