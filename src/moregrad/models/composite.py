"""Architectures made of others, and how the probabilities of several models are averaged."""

import dataclasses
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Self

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from moregrad.configuration import Setting
from moregrad.layers.layer import Running
from moregrad.models.architecture import Architecture
from moregrad.models.model import Model

MEMBERS = "members"


@dataclass(frozen=True)
class Composite(Architecture):
    """An architecture with members, whose settings are its own: each goes to every member that has it."""

    fewest: ClassVar[int] = 1
    allowed: ClassVar[str] = "one or more"

    members: tuple[Architecture, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        architectures = all(isinstance(member, Architecture) for member in self.members)
        self.require(MEMBERS, architectures and len(self.members) >= self.fewest, f"{self.allowed} architectures")

    @classmethod
    @cache
    def settings(cls) -> dict[str, Setting]:
        return {name: setting for name, setting in super().settings().items() if name != MEMBERS}

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        schema, members = super().json_schema(), {"type": "array", "items": {"type": "object"}, "minItems": 1}
        return {**schema, "properties": {**schema["properties"], MEMBERS: members}}

    def options(self) -> dict[str, Setting]:
        theirs: dict[str, Setting] = {}
        for option in (option for member in self.members for option in member.options().values()):
            agreed = theirs.setdefault(option.name, option).default == option.default
            theirs[option.name] = theirs[option.name] if agreed else option.without_default()
        return {**theirs, **super().options()}

    def replace(self, **settings: Any) -> Self:
        own = {name: settings.pop(name) for name in (MEMBERS, *self.settings()) if name in settings}
        composite = dataclasses.replace(self, **own)
        composite.check_names(settings)
        members = tuple(
            member.replace(**{name: value for name, value in settings.items() if name in member.options()})
            for member in composite.members
        )
        return dataclasses.replace(composite, members=members)

    def to_dict(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in self.settings()}
        own = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
        return {"name": self.name, MEMBERS: [member.to_dict() for member in self.members], **own}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        from moregrad.models.catalogue import architecture  # which imports this file

        members = {MEMBERS: tuple(map(architecture, values[MEMBERS]))} if MEMBERS in values else {}
        return super().from_dict({**values, **members})


class Averaged(Model):
    """A model whose probabilities are the mean of those of its parts, by weights of which it holds the logarithms."""

    log_weights: Running

    @property
    @abstractmethod
    def parts(self) -> tuple[Model, ...]:
        """The models that are averaged; none if their weights are given and not to be fitted."""


def mean(
    logits: Float[Array, "member *axes vocab"], log_weights: Float[Array, " member"]
) -> Float[Array, "*axes vocab"]:
    """Returns the log of the weighted mean of distributions given as logits."""
    weights = jnp.expand_dims(log_weights, range(1, logits.ndim))
    return jax.nn.logsumexp(jax.nn.log_softmax(logits) + weights, axis=0)


def align(logits: Sequence[Float[Array, "... _ vocab"]]) -> list[Float[Array, "... position vocab"]]:
    """Keeps the last positions, as many as all have."""
    positions = min(x.shape[-2] for x in logits)
    return [x[..., x.shape[-2] - positions :, :] for x in logits]
