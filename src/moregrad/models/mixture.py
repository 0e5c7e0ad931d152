"""Several models, averaged: each is right where another is not (Mikolov et al. 2010)."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from typing import Annotated, Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from annotated_types import Ge, Le
from jaxtyping import Array, Float, Int, PRNGKeyArray
from typing_extensions import Doc

from moregrad.configuration import Setting
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples
from moregrad.layers.layer import Running, State, partition
from moregrad.models.architecture import Architecture
from moregrad.models.gru import GRU
from moregrad.models.model import Model
from moregrad.models.ngram import NGram
from moregrad.models.sequence_model import pack_rows
from moregrad.recipe import Recipe


class MixtureModel(Model):
    """The weighted mean of the probabilities of its members.

    Members with weights to train learn together, by the loss of their own mean. Counts are left out of it: they have
    counted the words that the others train on, and would leave them nothing to learn.
    """

    members: tuple[Model, ...]
    log_weights: Running

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
        return _mean(_align([member(tokens) for member in self.members]), self.log_weights.value)

    def observe(
        self, tokens: Int[Array, "batch time"], *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "batch position vocab"], "MixtureModel"]:
        trained = [index for index, member in enumerate(self.members) if jax.tree.leaves(partition(member)[0])]
        if not trained:
            return self(tokens), self
        members, keys = list(self.members), _split(key, len(self.members))
        logits = []
        for index in trained:
            output, members[index] = members[index].observe(tokens, key=keys[index])
            logits.append(output)
        log_weights = self.log_weights.value[jnp.asarray(trained)]
        mean = logits[0] if len(trained) == 1 else _mean(_align(logits), jax.nn.log_softmax(log_weights))
        return mean, eqx.tree_at(lambda model: model.members, self, tuple(members))

    def count(self, words: EncodedWords) -> "MixtureModel":
        counted = tuple(member.count(words) for member in self.members)
        return eqx.tree_at(lambda model: model.members, self, counted)

    @property
    def lead(self) -> int:
        return max(member.lead for member in self.members)

    @property
    def longest(self) -> int | None:
        return min((member.longest for member in self.members if member.longest is not None), default=None)

    def begin(self, batch: int) -> State:
        return tuple(member.begin(batch) for member in self.members)

    def advance(self, state: State, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], State]:
        advanced = [member.advance(before, token) for member, before in zip(self.members, state, strict=True)]
        logits, states = zip(*advanced, strict=True)
        return _mean(logits, self.log_weights.value), states


def _mean(logits: Sequence[Float[Array, "*axes vocab"]], log_weights: Float[Array, " members"]) -> Array:
    """Returns the log of the weighted mean of distributions given as logits."""
    return reduce(jnp.logaddexp, [jax.nn.log_softmax(x) + log_weights[i] for i, x in enumerate(logits)])


def _align(logits: Sequence[Float[Array, "batch _ vocab"]]) -> list[Float[Array, "batch position vocab"]]:
    """Keeps the last positions, as many as all have."""
    positions = min(x.shape[1] for x in logits)
    return [x[:, x.shape[1] - positions :] for x in logits]


def _split(key: PRNGKeyArray, count: int) -> list[PRNGKeyArray]:
    """Returns a key for each member; the first one's is `key` itself, so that it begins as it would alone."""
    return [key, *(jr.fold_in(key, index) for index in range(1, count))]


@dataclass(frozen=True)
class Mixture(Architecture):
    """The average of two or more models: by default a GRU and n-grams smoothed by Kneser-Ney and by Witten-Bell.

    Settings of its members are settings of the mixture: each goes to every member that has it.
    """

    name: ClassVar[str] = "mixture"
    recipe: ClassVar[Recipe] = Recipe(steps=600, batch_size=32, learning_rate=6e-3, eval_every=60)
    tiny: ClassVar = {"embedding": 8, "hidden": 16, "order": 2}

    members: tuple[Architecture, ...] = (
        GRU(hidden=128),
        NGram(order=6, smoothing="kneser-ney"),
        NGram(order=6, smoothing="witten-bell"),
    )
    weights: Annotated[
        tuple[float, ...],
        Ge(0),
        Le(3e38),
        Doc("Weight of each model, in order; if none are given, each kind has the same, shared by its models."),
    ] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        architectures = all(isinstance(member, Architecture) for member in self.members)
        self.require("members", architectures and len(self.members) > 1, "two or more architectures")
        fits = not self.weights or (len(self.weights) == len(self.members) and sum(self.weights) > 0)
        self.require("weights", fits, f"{len(self.members)} numbers, not all of them 0, or none")

    @classmethod
    @cache
    def settings(cls) -> dict[str, Setting]:
        return {name: setting for name, setting in super().settings().items() if name != "members"}

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        schema, members = super().json_schema(), {"type": "array", "items": {"type": "object"}, "minItems": 2}
        return {**schema, "properties": {**schema["properties"], "members": members}}

    def options(self) -> dict[str, Setting]:
        theirs: dict[str, Setting] = {}
        for option in (option for member in self.members for option in member.options().values()):
            agreed = theirs.setdefault(option.name, option).default == option.default
            theirs[option.name] = theirs[option.name] if agreed else option.without_default()
        return {**theirs, **super().options()}

    def replace(self, **settings: Any) -> "Mixture":
        own = {name: settings.pop(name) for name in ("members", "weights") if name in settings}
        mixture = dataclasses.replace(self, **own)
        mixture.check_names(settings)
        members = tuple(
            member.replace(**{name: value for name, value in settings.items() if name in member.options()})
            for member in mixture.members
        )
        return dataclasses.replace(mixture, members=members)

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> MixtureModel:
        keys = _split(key, len(self.members))
        members = tuple(member.build(vocab, block, key=own) for member, own in zip(self.members, keys, strict=True))
        weights = np.array(self.weights or self._equal_by_kind())
        with np.errstate(divide="ignore"):
            log_weights = np.log(weights / weights.sum())
        return MixtureModel(members, Running(jnp.asarray(log_weights, jnp.float32)))

    def _equal_by_kind(self) -> list[float]:
        kinds = [member.name for member in self.members]
        return [1 / kinds.count(kind) for kind in kinds]

    def examples(self, words: EncodedWords) -> Examples:
        trained = [member for member in self.members if member.recipe.steps]
        if len(trained) == 1:
            return trained[0].examples(words)
        # How far back a model looks does not depend on the vocabulary.
        shapes = [eqx.filter_eval_shape(member.build, 2, words.longest + 1, key=jr.key(0)) for member in trained]
        return pack_rows(words, lead=max((shape.lead for shape in shapes), default=0))

    def to_dict(self) -> dict[str, Any]:
        members = [member.to_dict() for member in self.members]
        return {"name": self.name, "members": members, "weights": list(self.weights)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Mixture":
        from moregrad.models.catalogue import architecture  # which imports this file

        members = {"members": tuple(map(architecture, values["members"]))} if "members" in values else {}
        return super().from_dict({**values, **members})
