"""Configurations: plain values with ranges and help, each at once an option, a keyword argument and a stored record."""

import dataclasses
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import Parameter, signature
from numbers import Real
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le, Lt
from typing_extensions import Doc

from moregrad.errors import ConfigurationError
from moregrad.suggestion import nearest

F = TypeVar("F", bound=Callable[..., Any])

Size = Annotated[int, Ge(1), Le(2**16)]
Depth = Annotated[int, Ge(1), Le(100)]
Count = Annotated[int, Ge(0), Lt(2**31)]
Characters = Annotated[int, Ge(1), Lt(2**31)]
Bytes = Annotated[int, Ge(1), Le(2**40)]
Context = Annotated[int, Ge(0), Le(4096)]
Magnitude = Annotated[float, Ge(0), Le(3e38)]
Seed = Annotated[int, Ge(0), Lt(2**32)]
Share = Annotated[float, Ge(0), Le(1)]
DropoutRate = Annotated[float, Ge(0), Lt(1)]

LONGEST_SHOWN = 60
"""Characters of a value that messages show."""

_KINDS = {int: "a whole number", float: "a finite number", bool: "true or false", str: "text"}
_JSON_KINDS = {int: "integer", float: "number", bool: "boolean", str: "string", NoneType: "null"}
_LIMITS: dict[type, tuple[str, str, str, Callable[[Any, Any], bool]]] = {
    Ge: ("ge", "of at least", "minimum", lambda value, limit: value >= limit),
    Gt: ("gt", "above", "exclusiveMinimum", lambda value, limit: value > limit),
    Le: ("le", "at most", "maximum", lambda value, limit: value <= limit),
    Lt: ("lt", "below", "exclusiveMaximum", lambda value, limit: value < limit),
}


@dataclass(frozen=True)
class Limit:
    """One end of a range: how messages say it, what JSON schema calls it, and whether a value keeps it."""

    words: str
    keyword: str
    value: float
    keeps: Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Setting:
    """One field of a configuration: its types or choices, range, help and default."""

    name: str
    hint: Any
    kinds: tuple[type, ...]
    choices: tuple[str, ...]
    limits: tuple[Limit, ...]
    help: str
    default: Any
    sequence: bool

    @classmethod
    def of(cls, name: str, hint: Any, default: Any) -> "Setting":
        """Reads plain types, unions of them, Literal and `tuple[X, ...]`, with their annotations."""
        plain, notes = _unwrap(hint)
        sequence = get_origin(plain) is tuple
        parts = [_unwrap(part) for part in get_args(plain)] if get_origin(plain) in (Union, UnionType, tuple) else []
        notes = [*notes, *(note for _, more in parts for note in more)]
        choices = get_args(plain) if get_origin(plain) is Literal else ()
        kinds = () if choices else tuple(kind for kind, _ in parts if kind is not Ellipsis) or (plain,)
        limits = [(note, _LIMITS[type(note)]) for note in notes if type(note) in _LIMITS]
        found = tuple(Limit(words, word, getattr(note, end), keeps) for note, (end, words, word, keeps) in limits)
        help = next((note.documentation for note in notes if isinstance(note, Doc)), "")
        return cls(name, plain, kinds, choices, found, help, default, sequence)

    @property
    def allowed(self) -> str:
        """The values that the setting may hold, in words."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        span = " and ".join(f"{limit.words} {_as_text(limit.value)}" for limit in self.limits)
        one = " or ".join(_KINDS[kind] for kind in self.kinds if kind is not NoneType) + f" {span}".rstrip()
        return f"a tuple, each item {one}" if self.sequence else one

    def canonical(self, value: Any) -> Any:
        """Returns the choice that `value` spells, whatever its case and its hyphens; all else as it is."""
        if not isinstance(value, str) or value in self.choices:
            return value
        spelled = [choice for choice in self.choices if _fold(choice) == _fold(value)]
        return spelled[0] if len(spelled) == 1 else value

    def allows(self, value: Any) -> bool:
        """Tells whether `value` is of the right type and in range."""
        if self.sequence:
            return isinstance(value, tuple) and all(map(self._allows_one, value))
        return self._allows_one(value)

    def _allows_one(self, value: Any) -> bool:
        if self.choices:
            return value in self.choices
        if value is None:
            return NoneType in self.kinds
        kinds = (*self.kinds, int) if float in self.kinds else self.kinds
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            return False
        return is_finite(value) and all(limit.keeps(value, limit.value) for limit in self.limits)

    def without_default(self) -> "Setting":
        """Returns the setting with None as its default, which means that nothing is chosen."""
        return dataclasses.replace(self, hint=self.hint | None, kinds=(*self.kinds, NoneType), default=None)

    def json_schema(self) -> dict[str, Any]:
        """Returns the setting as a property of a JSON schema."""
        if self.choices:
            one: dict[str, Any] = {"enum": list(self.choices)}
        else:
            kinds = [_JSON_KINDS[kind] for kind in self.kinds]
            one = {"type": kinds if len(kinds) > 1 else kinds[0]}
            one |= {limit.keyword: limit.value for limit in self.limits}
        described = {"type": "array", "items": one} if self.sequence else one
        return {**described, "description": self.help, "default": self.default}


def shorten(value: Any) -> str:
    """Returns `value` as Python writes it, but no more than a message can hold; a very long number by its size."""
    if isinstance(value, int) and value.bit_length() > 128:
        return f"a number of about {int(value.bit_length() * math.log10(2)) + 1:,} digits"
    if isinstance(value, str) and len(value) > LONGEST_SHOWN:
        return f"{value[:LONGEST_SHOWN]!r}..."
    text = repr(value)
    return text if isinstance(value, str) or len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


def _fold(choice: str) -> str:
    return choice.casefold().replace("_", "-")


def _as_text(limit: float) -> str:
    return f"{limit:,}" if isinstance(limit, int) else f"{limit:g}"


def is_finite(value: Any) -> bool:
    """Tells whether a number is one that floating point can hold; anything that is no number is."""
    try:
        return not isinstance(value, Real) or math.isfinite(value)
    except OverflowError:
        return False


def _unwrap(hint: Any) -> tuple[Any, list[Any]]:
    """Separates a type from what annotates it."""
    kind, *notes = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    return kind, notes


@dataclass(frozen=True)
class Configuration:
    """A frozen set of plain values.

    Subclasses are frozen dataclasses whose fields carry their range and their help, such as
    `hidden: Annotated[int, Ge(1), Doc("Size of the hidden state.")] = 64`.
    """

    title: ClassVar[str]
    """The name of the configuration in messages."""

    def __post_init__(self) -> None:
        """Raises ConfigurationError for a field that holds a value its annotation does not allow.

        A choice may be spelled in any case, such as "SGD"; the field then holds "sgd".
        """
        for name, setting in self.settings().items():
            if setting.choices:
                object.__setattr__(self, name, setting.canonical(getattr(self, name)))
            self.require(name, setting.allows(getattr(self, name)), setting.allowed)

    def require(self, field: str, holds: bool, allowed: str) -> None:
        """Raises ConfigurationError, saying what is `allowed` for `field`, unless `holds`."""
        if not holds:
            message = f"{self.title}: {field} is {shorten(getattr(self, field))}; it must be {allowed}"
            raise ConfigurationError(message, setting=field)

    @classmethod
    @cache
    def settings(cls) -> dict[str, Setting]:
        """Returns the fields by name."""
        hints = get_type_hints(cls, include_extras=True)
        return {
            field.name: Setting.of(field.name, hints[field.name], field.default) for field in dataclasses.fields(cls)
        }

    def options(self) -> dict[str, Setting]:
        """Returns the fields that `replace` takes, by name, with the present values as defaults."""
        return {n: dataclasses.replace(s, default=getattr(self, n)) for n, s in self.settings().items()}

    def replace(self, **settings: Any) -> Self:
        """Returns a copy with other values; raises ConfigurationError for an unknown name or a value not allowed."""
        return dataclasses.replace(self, **self.check_names(settings))

    def check_names(self, settings: dict[str, Any]) -> dict[str, Any]:
        """Returns `settings`; raises ConfigurationError, with the nearest name, for one that does not exist."""
        for name in settings:
            if name not in self.options():
                raise ConfigurationError(f"{self.title} has no {unknown_setting(name, self)}")
        return settings

    def to_dict(self) -> dict[str, Any]:
        """Returns the fields as plain data."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Returns the configuration that `to_dict` describes; fields left out have their defaults."""
        return cls().replace(**{name: tuple(x) if isinstance(x, list) else x for name, x in values.items()})

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """Returns the JSON schema of `to_dict`."""
        properties = {name: setting.json_schema() for name, setting in cls.settings().items()}
        return {"title": cls.title, "type": "object", "properties": properties, "additionalProperties": False}


def unknown_setting(name: str, *configurations: Configuration) -> str:
    """Says that there is no setting `name`, which one was probably meant, and which there are."""
    names = [option for configuration in configurations for option in configuration.options()]
    if not names:
        return f"setting {name!r}; it has none"
    return f"setting {name!r}; did you mean {nearest(name, names)!r}? It has {', '.join(names)}"


def accepts(*kinds: type[Configuration]) -> Callable[[F], F]:
    """Shows the fields of `kinds`, which a function takes as `**settings`, in its signature and so in `help`."""

    def decorate(function: F) -> F:
        own = signature(function)
        named = [each for each in own.parameters.values() if each.kind is not Parameter.VAR_KEYWORD]
        added = [
            Parameter(name, Parameter.KEYWORD_ONLY, default=setting.default, annotation=setting.hint)
            for kind in kinds
            for name, setting in kind.settings().items()
            if name not in own.parameters
        ]
        function.__signature__ = own.replace(parameters=[*named, *added])  # pyright: ignore[reportFunctionMemberAccess]
        return function

    return decorate
