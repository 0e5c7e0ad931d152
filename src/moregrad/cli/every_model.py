"""The options of all models at once, for those who are not told which model is meant."""

from dataclasses import dataclass, replace
from typing import Literal

from moregrad.configuration import Setting
from moregrad.models.architecture import Architecture
from moregrad.models.catalogue import CATALOGUE
from moregrad.recipe import Recipe


@dataclass(frozen=True)
class EveryModel(Architecture):
    """Stands for a model that has the options of all of them; it is never built."""

    recipe = Recipe()

    def options(self) -> dict[str, Setting]:
        """Returns the options by name, the help of each beginning with the models that have it."""
        names = dict.fromkeys(name for kind in CATALOGUE.values() for name in kind().options())
        return {name: _merge(_owners(name)) for name in names}

    def lacking(self, model: str) -> list[str]:
        """Returns the options that `model` does not have."""
        return [name for name in self.options() if name not in CATALOGUE[model]().options()]


def _owners(name: str) -> dict[str, Setting]:
    """Returns the option `name` of each model that has it."""
    options = {model: kind().options() for model, kind in CATALOGUE.items()}
    return {model: found[name] for model, found in options.items() if name in found}


def _merge(owners: dict[str, Setting]) -> Setting:
    """Returns an option with the choices of all models, and with its help where they agree on it."""
    first, *others = owners.values()
    choices = tuple(dict.fromkeys(choice for setting in owners.values() for choice in setting.choices))
    told = first.help if all(other.help == first.help for other in others) else ""
    hint = Literal[*choices] if choices else first.hint
    return replace(first, choices=choices, hint=hint, help=f"({', '.join(owners)}) {told}".rstrip())
