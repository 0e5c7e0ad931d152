"""Which rows each step trains on."""

from abc import abstractmethod

import equinox as eqx
import jax.numpy as jnp
import jax.random as jr
from jaxtyping import Array, Int, PRNGKeyArray


class Batches(eqx.Module):
    """Row numbers by step, the same however the steps are cut into chunks."""

    @abstractmethod
    def at(self, step: Int[Array, ""]) -> Int[Array, " batch"]:
        """The rows of `step`."""


class Drawn(Batches):
    """Rows drawn uniformly, with replacement."""

    key: PRNGKeyArray
    size: int = eqx.field(static=True)
    batch: int = eqx.field(static=True)

    def at(self, step: Int[Array, ""]) -> Int[Array, " batch"]:
        return jr.randint(jr.fold_in(self.key, step), (self.batch,), 0, self.size)


class Given(Batches):
    """Rows laid down beforehand, one line per step; how a published run is replayed."""

    index: Int[Array, "steps batch"]

    def at(self, step: Int[Array, ""]) -> Int[Array, " batch"]:
        return self.index[step]


class Whole(Batches):
    """All rows at every step."""

    size: int = eqx.field(static=True)

    def at(self, step: Int[Array, ""]) -> Int[Array, " batch"]:
        return jnp.arange(self.size)
