"""Configurations as options of the command line, one per setting."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, field, make_dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

from annotated_types import BaseMetadata
from cyclopts import Parameter, Token

from moregrad.configuration import Setting, shorten
from moregrad.errors import ConfigurationError

F = TypeVar("F", bound=Callable[..., Any])


def Flag(help: str) -> Parameter:
    """A switch that has no opposite."""
    return Parameter(help=help, negative=(), show_default=False)


def Number(help: str, *limits: BaseMetadata) -> Parameter:
    """A whole number within `limits`."""
    setting = Setting.of("", Annotated[int, *limits], None)

    def read(kind: Any, tokens: Sequence[Token]) -> Any:
        number = _read_number(setting, tokens[0])
        if not setting.allows(number):
            raise ConfigurationError(_refuse(setting, tokens[0], shorten(number)))
        return number

    return Parameter(help=help, converter=read)


def as_option(name: str) -> str:
    """Returns the option of the setting called `name`."""
    return f"--{name.replace('_', '-')}"


def shield(words: Sequence[str]) -> list[str]:
    """Replaces every lone hyphen, which Cyclopts takes for a nameless option, by a word that nobody can type."""
    return [SHIELDED if word == HYPHEN else word for word in words]


def _unshield(kind: Callable[[str], Any], tokens: Sequence[Token]) -> Any:
    return kind(HYPHEN if tokens[0].value == SHIELDED else tokens[0].value)


HYPHEN, SHIELDED = "-", "\0"

Text = Annotated[str, Parameter(converter=_unshield)]
Source = Annotated[Text, Parameter(help="Name of a list, file, URL, or - for standard input.")]
Place = Annotated[Path, Parameter(converter=_unshield)]
RunFolder = Annotated[Place, Parameter(help="Folder of a run, as `moregrad train` leaves it.")]
Label = Annotated[Text | None, Parameter(help="The label that words have, where they have labels; by default any.")]
Json = Annotated[bool, Flag("Print JSON for machines.")]


def takes(**groups: tuple[str, dict[str, Setting]]) -> Callable[[F], F]:
    """Gives the command's parameter of each name the options of a group: its title and its settings."""

    def decorate(command: F) -> F:
        command.__annotations__ |= {name: _as_annotation(*group) for name, group in groups.items()}
        return command

    return decorate


def values(group: Any) -> dict[str, Any]:
    """Returns the values of a group of options; none if the command was given none of them."""
    return {} if group is None else asdict(group)


def _as_annotation(title: str, settings: dict[str, Setting]) -> Any:
    """Makes a flat dataclass of `settings`, which Cyclopts takes apart into options."""
    items = [(name, _annotate(setting), field(default=setting.default)) for name, setting in settings.items()]
    # Cyclopts takes apart only classes of modules other than `types`, where make_dataclass puts them.
    made = make_dataclass("Options", items, frozen=True, namespace={"__module__": __name__})
    return Annotated[made | None, Parameter(name="*", group=title)]


def _annotate(setting: Setting) -> Any:
    if setting.kinds == (bool,) and not setting.default:
        return Annotated[bool, Flag(setting.help)]
    if str in setting.kinds:
        optional = str if setting.default is not None else str | None
        return Annotated[optional, Parameter(help=setting.help, converter=_unshield)]
    if setting.choices:
        return Annotated[setting.hint, Parameter(help=setting.help, converter=_chooser(setting))]
    if bool in setting.kinds:
        return Annotated[setting.hint, Parameter(help=setting.help)]
    if setting.sequence:
        read = _reader(setting)
        return Annotated[setting.hint, Parameter(help=setting.help, converter=read, negative=(), show_default=False)]
    return Annotated[setting.hint, Parameter(help=setting.help, converter=_reader(setting))]


def _reader(setting: Setting) -> Callable[[type, Sequence[Token]], Any]:
    """Returns what reads the numbers typed for `setting`, whose range its configuration checks."""

    def read(kind: Any, tokens: Sequence[Token]) -> Any:
        numbers = tuple(_read_number(setting, token) for token in tokens)
        return numbers if setting.sequence else numbers[0]

    return read


def _chooser(setting: Setting) -> Callable[[type, Sequence[Token]], Any]:
    """Returns what reads a choice, spelled in any case."""

    def read(kind: Any, tokens: Sequence[Token]) -> Any:
        choice = setting.canonical(tokens[0].value)
        if not setting.allows(choice):
            raise ConfigurationError(_refuse(setting, tokens[0], shorten(choice)))
        return choice

    return read


def _read_number(setting: Setting, token: Token) -> float:
    """Reads a number as Python does; Cyclopts would round 2.5 to a whole one."""
    try:
        return float(token.value) if float in setting.kinds else int(token.value)
    except ValueError as error:
        raise ConfigurationError(_refuse(setting, token, shorten(token.value))) from error


def _refuse(setting: Setting, token: Token, value: str) -> str:
    return f"{token.keyword} is {value}; it must be {setting.allowed}"
