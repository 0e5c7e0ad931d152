"""Architectures by name: those of this package, and those of a user's own that have been imported."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import moregrad.models
from moregrad.errors import ModelError
from moregrad.models.architecture import CATALOGUE, Architecture
from moregrad.suggestion import nearest

STACKED = "stack:"

for module in iter_modules(moregrad.models.__path__):
    import_module(f"moregrad.models.{module.name}")


def architecture(name: str | Mapping[str, Any], **settings: Any) -> Architecture:
    """Returns the architecture called `name`, with `settings`, or the one that `Architecture.to_dict` describes.

    Names joined by `+`, such as "gru+ngram", mean the mixture of these, and "stack:lstm" a stack of LSTMs. Settings
    left out have their defaults. Raises ModelError for an unknown name, ConfigurationError for an unknown setting or a
    value that is not allowed.
    """
    if not isinstance(name, str):
        return kind(name["name"]).from_dict({field: value for field, value in name.items() if field != "name"})
    if name.startswith(STACKED):
        members = tuple(architecture(member) for member in name.removeprefix(STACKED).split("+"))
        return kind("stack")().replace(members=members, **settings)
    if "+" in name:
        members = tuple(architecture(member) for member in name.split("+"))
        return kind("mixture")().replace(members=members, **settings)
    return kind(name).from_dict(settings)


def kind(name: str) -> type[Architecture]:
    """Returns the class of the architectures called `name`; raises ModelError, with the nearest, if there is none."""
    if not name:
        raise ModelError("there is no model ''; give a name such as gru, gru+ngram or stack:lstm")
    if name not in CATALOGUE:
        known = ", ".join(CATALOGUE)
        raise ModelError(f"there is no model {name!r}; did you mean {nearest(name, CATALOGUE)}? The models are {known}")
    return CATALOGUE[name]
