"""Which rows each step trains on."""

from abc import abstractmethod

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
from jaxtyping import Array, Int, PRNGKeyArray


class Batches(eqx.Module):
    """Row numbers by step, the same however the steps are cut into chunks."""

    @abstractmethod
    def at(self, step: Int[Array, ""]) -> Int[Array, " batch"]:
        """The rows of `step`."""

    def ahead(self, step: Int[Array, ""], count: int) -> "Batches":
        """The same rows for `count` steps from `step` on, with what can be done beforehand done."""
        return self


class Drawn(Batches):
    """Rows drawn with replacement, uniformly but for `size` parts in 2^32."""

    key: PRNGKeyArray
    size: int = eqx.field(static=True)
    batch: int = eqx.field(static=True)

    def at(self, step: Int[Array, ""]) -> Int[Array, " batch"]:
        # jax.random.randint draws twice as many bits, to be exact, and takes a second to compile.
        return (jr.bits(jr.fold_in(self.key, step), (self.batch,)) % self.size).astype(jnp.int32)

    def ahead(self, step: Int[Array, ""], count: int) -> "Given":
        return Given(jax.vmap(self.at)(step + jnp.arange(count)), step)


class Given(Batches):
    """Rows laid down beforehand, one line per step from step `first` on; how a published run is replayed."""

    index: Int[Array, "steps batch"]
    first: Int[Array, ""] | int = 0

    def at(self, step: Int[Array, ""]) -> Int[Array, " batch"]:
        return self.index[step - self.first]


class Whole(Batches):
    """All rows at every step."""

    size: int = eqx.field(static=True)

    def at(self, step: Int[Array, ""]) -> Int[Array, " batch"]:
        return jnp.arange(self.size)
