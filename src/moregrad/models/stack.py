"""Networks stacked on counts: each learns what counts leave open, and how far to trust them (Wolpert 1992)."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Annotated, Any, ClassVar, Literal

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from annotated_types import Ge, Le
from jaxtyping import Array, Float, Int, PRNGKeyArray
from typing_extensions import Doc

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Tokens
from moregrad.layers.layer import Running, State
from moregrad.models.architecture import NAMES, Architecture
from moregrad.models.composite import Averaged, Composite, align, mean
from moregrad.models.counted_rows import Counted, CountedRows
from moregrad.models.counts import Counts
from moregrad.models.gated import Gated, Stacked
from moregrad.models.gru import GRU
from moregrad.models.side_by_side import SideBySide
from moregrad.ngrams.pruning import Prune, check_thresholds
from moregrad.recipe import Recipe


class StackModel(Averaged):
    """Counts, the networks that build on them, and the weights with which the networks' probabilities are averaged.

    When training each network learns from rows of its own. What they train on says what counts that have not counted it
    expect (`CountedRows`); of plain tokens they see what all the counts say.
    """

    counts: Counts
    groups: tuple[SideBySide, ...]

    def __call__(self, tokens: Int[Array, "batch time"]) -> Float[Array, "batch position vocab"]:
        evidence = self.counts.read(tokens)
        logits = [group.map_in_turn(lambda gated: gated(tokens, evidence)) for group in self.groups]
        return self._mean(align(logits))

    def observe(
        self, tokens: Tokens | Counted, *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "batch position vocab"], "StackModel"]:
        counted = tokens if isinstance(tokens, Counted) else Counted(tokens, self.counts.read(tokens))
        batch, networks = len(counted.tokens), len(self.log_weights.value)
        shares, keys = jax.tree.map(lambda x: _deal(x, networks), counted), jr.split(key, networks)
        logits, groups, start = [], [], 0
        for group in self.groups:
            own = slice(start, start := start + len(group))
            output, refreshed = group.observe(_observe, jax.tree.map(itemgetter(own), shares), keys[own])
            logits.append(output)
            groups.append(refreshed)
        together = jnp.concatenate([x.reshape(-1, *x.shape[2:]) for x in align(logits)])
        return together[:batch], StackModel(self.log_weights, self.counts, tuple(groups))

    def count(self, words: EncodedWords) -> "StackModel":
        return StackModel(self.log_weights, self.counts.count(words), self.groups)

    @property
    def parts(self) -> tuple[Stacked, ...]:
        return tuple(Stacked.of(self.counts, gated) for group in self.groups for gated in group)

    @property
    def inside(self) -> Stacked:
        return Stacked.of(self.counts, self.groups[0][0])

    @property
    def lead(self) -> int:
        return max(self.counts.lead, *(group.stacked.network.lead for group in self.groups))

    @property
    def longest(self) -> int | None:
        limits = [group.stacked.network.longest for group in self.groups]
        return min((limit for limit in limits if limit is not None), default=None)

    def begin(self, batch: int) -> State:
        states = tuple(group.map(lambda gated: gated.network.begin(batch)) for group in self.groups)
        return self.counts.begin(batch), states

    def advance(self, state: Any, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], State]:
        nodes, states = state
        nodes = self.counts.move(nodes, token)
        evidence = self.counts.look(nodes)

        def step(gated: Gated, state: State) -> tuple[Array, State]:
            output, state = gated.network.advance(state, token)
            return gated.combine(output, evidence), state

        advanced = [group.map(step, own) for group, own in zip(self.groups, states, strict=True)]
        logits, states = zip(*advanced, strict=True)
        return self._mean(logits), (nodes, states)

    def _mean(self, logits: Sequence[Float[Array, "network *axes vocab"]]) -> Float[Array, "*axes vocab"]:
        return mean(jnp.concatenate(logits), self.log_weights.value)


def _deal(rows: Array, networks: int) -> Array:
    """Gives each network as many of the rows; where they are too few for that, some twice, to be scored once."""
    if len(rows) % networks:
        rows = rows[jnp.arange(-(-len(rows) // networks) * networks) % len(rows)]
    return rows.reshape(networks, -1, *rows.shape[1:])


def _observe(gated: Gated, counted: Counted, key: PRNGKeyArray) -> tuple[Array, Gated]:
    return gated.observe(counted.tokens, counted.evidence, key=key)


@dataclass(frozen=True)
class Stack(Composite):
    """Networks that learn what counts leave open: by default two GRUs on Kneser-Ney of orders 4 and 6.

    Settings of its members are settings of the stack: each goes to every member that has it.
    """

    name: ClassVar[str] = "stack"
    fitted_to: ClassVar[int | None] = NAMES
    recipe: ClassVar[Recipe] = Recipe(steps=1500, batch_size=32, optimizer="muon", learning_rate=1.5e-2, eval_every=125)
    tiny: ClassVar = {"embedding": 8, "hidden": 16, "orders": (1, 2), "copies": 2}

    members: tuple[Architecture, ...] = (GRU(hidden=64),)
    copies: Annotated[int, Ge(1), Le(1000), Doc("Networks of each kind, from different weights, averaged.")] = 2
    orders: Annotated[tuple[int, ...], Ge(1), Le(10), Doc("Orders of the counts that the networks build on.")] = (4, 6)
    smoothing: Annotated[Literal["kneser-ney", "witten-bell"], Doc("How the counts are smoothed.")] = "kneser-ney"
    prune: Prune = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        self.require("members", all(member.recipe.steps for member in self.members), "networks, not counts")
        self.require("orders", bool(self.orders), "one order or more")
        check_thresholds(self.prune)
        self.require("orders", len(set(self.orders)) == len(self.orders), "different orders")

    def build(self, vocab: int, block: int, *, key: PRNGKeyArray) -> StackModel:
        keys = jr.split(key, len(self.members))
        groups = tuple(
            self._group(member, vocab, block, key=own) for member, own in zip(self.members, keys, strict=True)
        )
        total = self.copies * len(groups)
        weights = Running(jnp.full(total, -np.log(total), jnp.float32))
        return StackModel(weights, Counts.build(self.orders, self.smoothing, vocab, prune=self.prune), groups)

    def _group(self, member: Architecture, vocab: int, block: int, *, key: PRNGKeyArray) -> SideBySide:
        keys = jr.split(key, self.copies)
        return SideBySide.of([Gated.build(member, len(self.orders), vocab, block, key=own) for own in keys])

    def examples(self, words: EncodedWords, vocab: int) -> CountedRows:
        # How far back a model looks does not depend on the vocabulary.
        shape = eqx.filter_eval_shape(self.build, 2, words.longest + 1, key=jr.key(0))
        return CountedRows.of(
            words,
            vocab,
            sorted(self.orders),
            self.smoothing,
            lead=shape.lead,
            networks=self.copies * len(self.members),
            prune=self.prune,
        )
