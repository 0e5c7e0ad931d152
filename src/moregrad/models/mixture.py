"""Several models, averaged: each is right where another is not (Mikolov et al. 2010)."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from annotated_types import Ge, Le
from jaxtyping import Array, Float, Int, PRNGKeyArray
from typing_extensions import Doc

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Examples
from moregrad.layers.layer import Running, State, partition
from moregrad.models.architecture import NAMES, Architecture
from moregrad.models.composite import Averaged, Composite, align, mean
from moregrad.models.gru import GRU
from moregrad.models.model import Model
from moregrad.models.ngram import NGram
from moregrad.models.sequence_model import pack_rows
from moregrad.recipe import Recipe


class MixtureModel(Averaged):
    """The weighted mean of the probabilities of its members.

    Members with weights to train learn together, by the loss of their own mean. Counts are left out of it: they have
    counted the words that the others train on, and would leave them nothing to learn.
    """

    members: tuple[Model, ...]
    adjustable: bool = eqx.field(static=True)

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
        return mean(jnp.stack(align([member(tokens) for member in self.members])), self.log_weights.value)

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
        together = logits[0] if len(trained) == 1 else mean(jnp.stack(align(logits)), jax.nn.log_softmax(log_weights))
        return together, eqx.tree_at(lambda model: model.members, self, tuple(members))

    def count(self, words: EncodedWords) -> "MixtureModel":
        counted = tuple(member.count(words) for member in self.members)
        return eqx.tree_at(lambda model: model.members, self, counted)

    @property
    def parts(self) -> tuple[Model, ...]:
        return self.members if self.adjustable else ()

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
        return mean(jnp.stack(logits), self.log_weights.value), states


def _split(key: PRNGKeyArray, count: int) -> list[PRNGKeyArray]:
    """Returns a key for each member; the first one's is `key` itself, so that it begins as it would alone."""
    return [key, *(jr.fold_in(key, index) for index in range(1, count))]


@dataclass(frozen=True)
class Mixture(Composite):
    """The average of two or more models: by default a GRU and n-grams smoothed by Kneser-Ney and by Witten-Bell.

    Settings of its members are settings of the mixture: each goes to every member that has it.
    """

    name: ClassVar[str] = "mixture"
    fitted_to: ClassVar[int | None] = NAMES
    recipe: ClassVar[Recipe] = Recipe(steps=600, batch_size=32, learning_rate=6e-3, eval_every=60)
    tiny: ClassVar = {"embedding": 8, "hidden": 16, "order": 2}
    fewest: ClassVar[int] = 2
    allowed: ClassVar[str] = "two or more"

    members: tuple[Architecture, ...] = (
        GRU(hidden=128),
        NGram(order=6, smoothing="kneser-ney"),
        NGram(order=6, smoothing="witten-bell"),
    )
    weights: Annotated[
        tuple[float, ...],
        Ge(0),
        Le(3e38),
        Doc("Weight of each model, in order; if none are given, they are fitted to the validation words."),
    ] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        trained = [member.name for member in self.members if member.recipe.steps]
        # A stack needs rows of its own, which others do not read.
        apart = len(trained) == 1 or "stack" not in trained
        self.require("members", apart, "counts where one is a stack; to stack several networks write stack:gru+lstm")
        fits = not self.weights or (len(self.weights) == len(self.members) and sum(self.weights) > 0)
        self.require("weights", fits, f"{len(self.members)} numbers, not all of them 0, or none")

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> MixtureModel:
        keys = _split(key, len(self.members))
        members = tuple(member.build(vocab, block, key=own) for member, own in zip(self.members, keys, strict=True))
        weights = np.array(self.weights or self._equal_by_kind())
        with np.errstate(divide="ignore"):
            log_weights = np.log(weights / weights.sum())
        return MixtureModel(Running(jnp.asarray(log_weights, jnp.float32)), members, adjustable=not self.weights)

    def _equal_by_kind(self) -> list[float]:
        kinds = [member.name for member in self.members]
        return [1 / kinds.count(kind) for kind in kinds]

    def examples(self, words: EncodedWords, vocab: int) -> Examples:
        trained = [member for member in self.members if member.recipe.steps]
        if len(trained) == 1:
            return trained[0].examples(words, vocab)
        # How far back a model looks does not depend on the vocabulary.
        shapes = [eqx.filter_eval_shape(member.build, 2, words.longest + 1, key=jr.key(0)) for member in trained]
        return pack_rows(words, lead=max((shape.lead for shape in shapes), default=0))
