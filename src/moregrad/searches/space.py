"""The settings that a search varies: choices and ranges of what an architecture and a recipe have."""

import itertools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moregrad.configuration import Configuration, Setting, shorten, unknown_setting
from moregrad.errors import ConfigurationError
from moregrad.models.architecture import Architecture
from moregrad.recipe import Recipe

BETWEEN, OR = "..", ","
"""The signs between the ends of a range, and between choices."""

WIDE = 10.0
"""A range of positive numbers whose ends differ by more than this factor is searched on a logarithmic scale."""

DATA = {"learning_rate", "weight_decay", "momentum", "drop_to", "drop_at", "warmup_steps", "seed", "steps", "patience"}
"""Settings of a recipe that may differ within one compiled program."""

SWITCHES = {"dropout", "grad_clip", "label_smoothing"}
"""Settings that may differ likewise, unless one of them is 0: then the program leaves out what they do."""


@dataclass(frozen=True)
class Range:
    """The numbers from `low` to `high`, both included; on a logarithmic scale if `log`."""

    low: float
    high: float

    @property
    def log(self) -> bool:
        """True for positive ends that differ by more than a factor of ten."""
        return self.low > 0 and self.high > WIDE * self.low

    def __str__(self) -> str:
        return f"{self.low}{BETWEEN}{self.high}"


Values = tuple[Any, ...] | Range
"""The values that a setting may take: one of several, or any number of a range."""


@dataclass(frozen=True)
class Space:
    """An architecture and a recipe, those of their settings that are set, and the values of those that vary."""

    architecture: Architecture
    recipe: Recipe
    fixed: Mapping[str, Any]
    varied: Mapping[str, Values]

    @classmethod
    def of(cls, architecture: Architecture, recipe: Recipe, settings: Mapping[str, Any]) -> "Space":
        """Reads `settings` by name: a value, a list of them, a Range, or text such as "32,64" and "1e-3..3e-2".

        Raises ConfigurationError for a setting that neither has, and for a value or an end that is not allowed.
        """
        fixed, varied = {}, {}
        for name, given in settings.items():
            owner = next((each for each in (architecture, recipe) if name in each.options()), None)
            if owner is None:
                raise ConfigurationError(f"{architecture.title} has no {unknown_setting(name, architecture, recipe)}")
            values = read_values(owner, owner.options()[name], given)
            if isinstance(values, tuple) and len(values) == 1:
                fixed[name] = values[0]
            else:
                varied[name] = values
        return cls(architecture, recipe, fixed, varied)

    def settle(self, chosen: Mapping[str, Any]) -> tuple[Architecture, Recipe]:
        """Returns both as set and `chosen`; raises ConfigurationError for settings that do not go together."""
        settings = {**self.fixed, **chosen}
        own = {name: value for name, value in settings.items() if name in self.architecture.options()}
        rest = {name: value for name, value in settings.items() if name not in own}
        return self.architecture.replace(**own), self.recipe.replace(**rest)

    @property
    def shaping(self) -> list[str]:
        """The varied settings of which each value is another program."""
        return [name for name in self.varied if name not in DATA | SWITCHES]

    @property
    def size(self) -> float:
        """The number of combinations; infinite if there is a range."""
        return math.prod(len(each) if isinstance(each, tuple) else math.inf for each in self.varied.values())

    def shape_of(self, chosen: Mapping[str, Any]) -> dict[str, Any]:
        """Returns those of the settings `chosen` of which each value is another program."""
        return {name: chosen[name] for name in self.shaping if name in chosen}

    def shapes(self) -> list[dict[str, Any]]:
        """Returns all combinations of the settings that shape programs; none if one of them has a range."""
        return self._combine(self.shaping)

    def combinations(self) -> list[dict[str, Any]]:
        """Returns all combinations of a space without ranges, those of one shape together."""
        return self._combine([*self.shaping, *(name for name in self.varied if name not in self.shaping)])

    def _combine(self, names: list[str]) -> list[dict[str, Any]]:
        values = [each for name in names if isinstance(each := self.varied[name], tuple)]
        if len(values) < len(names):
            return []
        return [dict(zip(names, chosen, strict=True)) for chosen in itertools.product(*values)]

    def to_dict(self) -> dict[str, Any]:
        """Returns the space as plain data."""
        varied = {name: str(each) if isinstance(each, Range) else list(each) for name, each in self.varied.items()}
        model = {"name": self.architecture.name, **self.architecture.to_dict()}
        told = {"model": model, "recipe": self.recipe.to_dict(), "fixed": dict(self.fixed), "varied": varied}
        return json.loads(json.dumps(told))


def shape(architecture: Architecture, recipe: Recipe) -> str:
    """Returns a text that is the same for trainings that share a program."""
    return json.dumps([_mask(architecture.to_dict()), architecture.name, _mask(recipe.to_dict())], sort_keys=True)


def _mask(values: Any) -> Any:
    if isinstance(values, list | tuple):
        return list(map(_mask, values))
    if not isinstance(values, dict):
        return values
    kept = {name: bool(value) if name in SWITCHES else value for name, value in values.items() if name not in DATA}
    return {name: _mask(value) for name, value in kept.items()}


def read_values(owner: Configuration, setting: Setting, given: Any) -> Values:
    """Returns the values that `given` stands for, each allowed for `setting` of `owner`."""
    if setting.sequence and not isinstance(given, str):
        values: Values = (tuple(given),)
    elif isinstance(given, str):
        values = _parse(owner, setting, given)
    else:
        values = given if isinstance(given, Range) else tuple(given) if isinstance(given, list | tuple) else (given,)
    checked = (values.low, values.high) if isinstance(values, Range) else values
    for value in checked:
        if not setting.allows(setting.canonical(value)):
            raise _refuse(owner, setting, value)
    if isinstance(values, Range):
        _check_range(owner, setting, values)
        return values if int in setting.kinds else Range(float(values.low), float(values.high))
    return tuple(dict.fromkeys(map(setting.canonical, values)))


def _parse(owner: Configuration, setting: Setting, text: str) -> Values:
    if BETWEEN in text and str not in setting.kinds:
        low, _, high = text.partition(BETWEEN)
        if not low or not high:
            raise _refuse(owner, setting, text)
        return Range(_read(owner, setting, low), _read(owner, setting, high))
    parts = [_read(owner, setting, part.strip()) for part in text.split(OR)]
    return (tuple(parts),) if setting.sequence else tuple(parts)


def _check_range(owner: Configuration, setting: Setting, values: Range) -> None:
    if setting.sequence or not {int, float} & set(setting.kinds):
        raise ConfigurationError(
            f"{owner.title}: {setting.name} is {values}; a range is one of numbers: give values, such as a{OR}b",
            setting=setting.name,
        )
    if values.low >= values.high:
        raise ConfigurationError(
            f"{owner.title}: {setting.name} is {values}; a range goes from a lower to a higher number",
            setting=setting.name,
        )


def _read(owner: Configuration, setting: Setting, text: str) -> Any:
    """Reads one value as its setting has it; text that is none is left for the check to refuse."""
    words = {"true": True, "false": False, "none": None}
    if setting.choices or str in setting.kinds:
        return text
    if text.lower() in words:
        return words[text.lower()]
    for kind in (int, float):
        if kind in setting.kinds:
            try:
                return kind(text)
            except ValueError:
                continue
    raise _refuse(owner, setting, text)


def _refuse(owner: Configuration, setting: Setting, value: Any) -> ConfigurationError:
    message = f"{owner.title}: {setting.name} is {shorten(value)}; it must be {setting.allowed}"
    several = "" if setting.sequence else f", or several such values, as a{OR}b"
    span = f", or a range, as a{BETWEEN}b" if {int, float} & set(setting.kinds) and not setting.sequence else ""
    return ConfigurationError(message + several + span, setting=setting.name)
