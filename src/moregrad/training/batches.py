"""Batches: the rows that each step trains on."""

from abc import abstractmethod

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
from jaxtyping import Array, Int, PRNGKeyArray

PREFETCHED = 2**24
"""The most row numbers drawn at once (64 MiB); more are drawn step by step."""

Step = Int[Array, ""]


class Batches(eqx.Module):
    """Row numbers by step, the same however the steps are cut into chunks."""

    @abstractmethod
    def at(self, step: Step) -> Int[Array, " batch"]:
        """Returns the rows of `step`."""

    def prefetch(self, step: Step, count: int) -> "Batches":
        """Returns batches that have the rows of `count` steps from `step` on at hand."""
        return self


class RandomBatches(Batches):
    """Rows drawn with replacement, uniform to within `size` parts in 2^32."""

    key: PRNGKeyArray
    size: int = eqx.field(static=True)
    batch_size: int = eqx.field(static=True)

    def at(self, step: Step) -> Int[Array, " batch"]:
        # jax.random.randint draws twice as many bits, to be exact, and takes a second to compile.
        return (jr.bits(jr.fold_in(self.key, step), (self.batch_size,)) % self.size).astype(jnp.int32)

    def prefetch(self, step: Step, count: int) -> Batches:
        if count * self.batch_size > PREFETCHED:
            return self
        return FixedBatches(jax.vmap(self.at)(step + jnp.arange(count)), step)


class FixedBatches(Batches):
    """Rows given in advance, one line per step from step `first` on: how a published run is replayed."""

    index: Int[Array, "steps batch"]
    first: Step | int = 0

    def at(self, step: Step) -> Int[Array, " batch"]:
        return self.index[step - self.first]


class FullBatch(Batches):
    """All rows at every step."""

    size: int = eqx.field(static=True)

    def at(self, step: Step) -> Int[Array, " batch"]:
        return jnp.arange(self.size)
