"""Configurations as options of the command line, one per setting."""

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, field, make_dataclass, replace
from pathlib import Path
from typing import Annotated, Any, TypeVar

from annotated_types import BaseMetadata
from cyclopts import Parameter, Token

from moregrad.configuration import Setting, shorten
from moregrad.errors import ConfigurationError, MoregradError

F = TypeVar("F", bound=Callable[..., Any])


def Flag(help: str) -> Parameter:
    """A switch that has no opposite."""
    return Parameter(help=help, negative=(), show_default=False)


def Number(help: str, *limits: BaseMetadata) -> Parameter:
    """A whole number within `limits`."""
    return NumberOf(Setting.of("", Annotated[int, *limits], None), help)


def NumberOf(setting: Setting, help: str) -> Parameter:
    """A number that `setting` allows."""

    def read(kind: Any, tokens: Sequence[Token]) -> Any:
        number = _read_number(setting, tokens[0])
        if not setting.allows(number):
            raise ConfigurationError(_refuse(setting, tokens[0], shorten(number)))
        return number

    return Parameter(help=help, converter=read)


def as_option(name: str) -> str:
    """Returns the option of the setting called `name`."""
    return f"--{name.replace('_', '-')}"


def as_typed(advice: str) -> str:
    """Returns `advice`, in which settings have their names in Python, with the names that are typed."""
    names = "max_length|max_line_bytes|max_file_bytes|temperature|top_k|top_p|min_p|novel|distinct|grad_clip|limit"
    names += "|prefix|suffix|contains|pattern|length|syllables|without|ban|unlike|trials|minutes"
    return re.sub(rf"\b(raise|drop|or|give) ({names})\b", lambda x: f"{x[1]} {as_option(x[2])}", advice)


def shield(words: Sequence[str]) -> list[str]:
    """Replaces every lone hyphen, which Cyclopts takes for a nameless option, by a word that nobody can type."""
    return [SHIELDED if word == HYPHEN else word for word in words]


def _unshield(kind: Callable[[str], Any], tokens: Sequence[Token]) -> Any:
    return kind(HYPHEN if tokens[0].value == SHIELDED else tokens[0].value)


def _named(kind: Callable[[str], Any], tokens: Sequence[Token]) -> Any:
    """Returns a name; the empty one, as of a variable that is not set, would be this folder."""
    if not tokens[0].value:
        raise MoregradError(f"{tokens[0].keyword or 'an argument'} is empty; give a name, or . for this folder")
    return _unshield(kind, tokens)


EACH = "Give the option once for each number."
HYPHEN, SHIELDED = "-", "\0"

Text = Annotated[str, Parameter(converter=_unshield)]
ListName = Annotated[str, Parameter(converter=_named)]
Source = Annotated[ListName, Parameter(help="Name of a list, file, URL, or - for standard input.")]
Place = Annotated[Path, Parameter(converter=_named)]
RunFolder = Annotated[Place, Parameter(help="Folder of a run, as `moregrad train` leaves it.")]
Label = Annotated[Text | None, Parameter(help="The label that words have, where they have labels; by default any.")]
Lower = Annotated[
    bool, Flag("Put --prefix and the like in lower case, as is done anyway where the list of the run was.")
]
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
    """Makes a flat dataclass of `settings`, which Cyclopts takes apart into options; of none it would show a riddle."""
    if not settings:
        return Annotated[None, Parameter(parse=False)]
    items = [(name, _annotate(setting), field(default=setting.default)) for name, setting in settings.items()]
    # Cyclopts takes apart only classes of modules other than `types`, where make_dataclass puts them.
    made = make_dataclass("Options", items, frozen=True, namespace={"__module__": __name__})
    return Annotated[made | None, Parameter(name="*", group=title)]


def _annotate(setting: Setting) -> Any:
    if setting.kinds == (bool,) and not setting.default:
        return Annotated[bool, Flag(setting.help)]
    if str in setting.kinds:
        optional = str if setting.default is not None else str | None
        shown = None if setting.default else False
        return Annotated[optional, Parameter(help=setting.help, converter=_unshield, show_default=shown)]
    if setting.choices:
        return Annotated[setting.hint, Parameter(help=setting.help, converter=_chooser(setting))]
    if bool in setting.kinds:
        return Annotated[setting.hint, Parameter(help=setting.help)]
    if setting.sequence:
        help, shown = f"{setting.help} {EACH}", _as_texts if setting.default else False
        read = _reader(setting)
        return Annotated[setting.hint, Parameter(help=help, converter=read, negative=(), show_default=shown)]
    return Annotated[setting.hint, Parameter(help=setting.help, converter=_reader(setting))]


def _as_texts(values: Sequence[Any]) -> str:
    return ", ".join(map(str, values))


def _reader(setting: Setting) -> Callable[[type, Sequence[Token]], Any]:
    """Returns what reads the numbers typed for `setting`, whose range its configuration checks."""
    one = replace(setting, sequence=False)

    def read(kind: Any, tokens: Sequence[Token]) -> Any:
        numbers = tuple(_read_number(one, token) for token in tokens)
        if not setting.sequence:
            return numbers[0]
        for number, token in zip(numbers, tokens, strict=True):
            if not one.allows(number):
                raise ConfigurationError(_refuse(one, token, shorten(number)))
        return numbers

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
