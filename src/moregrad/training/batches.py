"""Batches: the rows that each step trains on."""

from abc import abstractmethod

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
from jaxtyping import Array, Int, PRNGKeyArray

ROUNDS = 6
"""Rounds of the Feistel network; four pass for random (Luby & Rackoff 1988) if each round's function does."""

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


class ShuffledBatches(Batches):
    """All rows in an order drawn anew for every round, so that each is met as often as any other.

    The order is a permutation of the numbers below a power of four by a Feistel network (Luby & Rackoff 1988), whose
    results beyond the last row are permuted again (Black & Rogaway 2002): any place in it is found without the others.
    """

    key: PRNGKeyArray
    size: int = eqx.field(static=True)
    batch_size: int = eqx.field(static=True)

    def at(self, step: Step) -> Int[Array, " batch"]:
        number = jnp.arange(self.batch_size, dtype=jnp.uint32)
        around, place = jnp.divmod(step.astype(jnp.uint32) * self.batch_size + number, jnp.uint32(self.size))
        keys = [_mix(around ^ own) for own in jr.bits(self.key, (ROUNDS,))]

        def again(row: Array) -> Array:
            return jnp.where(row < self.size, row, _permute(row, self.size, keys))

        row = jax.lax.while_loop(lambda row: (row >= self.size).any(), again, _permute(place, self.size, keys))
        return row.astype(jnp.int32)

    def prefetch(self, step: Step, count: int) -> Batches:
        if count * self.batch_size > PREFETCHED:
            return self
        return FixedBatches(jax.vmap(self.at)(step + jnp.arange(count)), step)


def _permute(place: Array, size: int, keys: list[Array]) -> Array:
    """Permutes the numbers below the smallest power of four that is at least `size`."""
    half = ((size - 1).bit_length() + 1) // 2
    low = jnp.uint32(2**half - 1)
    left, right = place >> half, place & low
    for own in keys:
        left, right = right, left ^ (_mix(right + own) & low)
    return left << half | right


def _mix(x: Array) -> Array:
    """Applies the finalizer of MurmurHash3 (Appleby 2011), which spreads every input bit over all 32."""
    x = (x ^ (x >> 16)) * jnp.uint32(0x85EBCA6B)
    x = (x ^ (x >> 13)) * jnp.uint32(0xC2B2AE35)
    return x ^ (x >> 16)


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
