"""A network beside counts: it learns what they leave open, and how far to trust them."""

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int, PRNGKeyArray

from moregrad.data.examples import Tokens
from moregrad.layers.layer import State
from moregrad.models.architecture import Architecture
from moregrad.models.counted_rows import Counted
from moregrad.models.counts import FACTS, Counts, Evidence
from moregrad.models.model import Model


class Gated(eqx.Module):
    """A network with an output more for each order of counts: its gate, which facts of the counts move.

    logits = network + sum over orders of softplus(gate + facts @ trust + bias) log p of the counts
    """

    network: Model
    trust: Float[Array, "facts orders"]
    bias: Float[Array, " orders"]

    @classmethod
    def build(cls, member: Architecture, orders: int, vocab: int, block: int, *, key: PRNGKeyArray) -> "Gated":
        """Builds a network that trusts all counts together as much as a single one."""
        bias = np.full(orders, np.log(np.expm1(1 / orders)), np.float32)
        trust = np.zeros((FACTS * orders, orders), np.float32)
        return cls(member.build(vocab + orders, block, key=key), jnp.asarray(trust), jnp.asarray(bias))

    def __call__(self, tokens: Tokens, evidence: Evidence) -> Float[Array, "batch position vocab"]:
        """Returns the logits at the last positions, as many as the network and the counts have."""
        return self.combine(*_align(self.network(tokens), evidence))

    def observe(
        self, tokens: Tokens, evidence: Evidence, *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "batch position vocab"], "Gated"]:
        """Returns the logits when training, and the network with its running statistics moved."""
        output, network = self.network.observe(tokens, key=key)
        return self.combine(*_align(output, evidence)), eqx.tree_at(lambda gated: gated.network, self, network)

    def combine(self, output: Float[Array, "*axes size"], evidence: Evidence) -> Float[Array, "*axes vocab"]:
        """Adds what the counts say to what the network says."""
        vocab = evidence.log_p.shape[-1]
        gates = jax.nn.softplus(output[..., vocab:] + evidence.facts @ self.trust + self.bias)
        return output[..., :vocab] + jnp.einsum("...o,...ov->...v", gates, evidence.log_p)


def _align(output: Float[Array, "batch _ size"], evidence: Evidence) -> tuple[Array, Evidence]:
    positions = min(output.shape[1], evidence.positions)
    return output[:, output.shape[1] - positions :], evidence.last(positions)


class Stacked(Model):
    """One network with the counts that it builds on: a part of a stack, as a model by itself."""

    counts: Counts
    network: Model
    trust: Float[Array, "facts orders"]
    bias: Float[Array, " orders"]

    @classmethod
    def of(cls, counts: Counts, gated: Gated) -> "Stacked":
        """Puts a network beside its counts."""
        return cls(counts, gated.network, gated.trust, gated.bias)

    @property
    def gated(self) -> Gated:
        """The network without the counts."""
        return Gated(self.network, self.trust, self.bias)

    def __call__(self, tokens: Tokens) -> Float[Array, "batch position vocab"]:
        return self.gated(tokens, self.counts.read(tokens))

    def observe(
        self, tokens: Tokens | Counted, *, key: PRNGKeyArray
    ) -> tuple[Float[Array, "batch position vocab"], "Stacked"]:
        counted = tokens if isinstance(tokens, Counted) else Counted(tokens, self.counts.read(tokens))
        logits, gated = self.gated.observe(counted.tokens, counted.evidence, key=key)
        return logits, Stacked.of(self.counts, gated)

    @property
    def lead(self) -> int:
        return max(self.counts.lead, self.network.lead)

    @property
    def longest(self) -> int | None:
        return self.network.longest

    def begin(self, batch: int) -> State:
        return self.counts.begin(batch), self.network.begin(batch)

    def advance(self, state: Any, token: Int[Array, " batch"]) -> tuple[Float[Array, "batch vocab"], State]:
        nodes, past = state
        nodes = self.counts.move(nodes, token)
        output, past = self.network.advance(past, token)
        return self.gated.combine(output, self.counts.look(nodes)), (nodes, past)
