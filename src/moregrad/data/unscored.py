"""Examples in which some tokens are read but never asked for."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Int

from moregrad.data.examples import UNSCORED, Examples, Inputs, Targets


class Unscored(Examples):
    """The rows of `examples`, where targets that are `given`, such as the labels of words, are not scored."""

    examples: Examples
    given: Bool[Array, " vocab"]

    @classmethod
    def of(cls, examples: Examples, given: Bool[np.ndarray, " vocab"]) -> "Unscored":
        """Marks the tokens that are `given`."""
        return cls(examples, jax.device_put(given))

    @property
    def size(self) -> int:
        return self.examples.size

    @property
    def readers(self) -> int:
        return self.examples.readers

    def rows(self, index: Int[Array, " batch"]) -> tuple[Inputs, Targets]:
        tokens, targets = self.examples.rows(index)
        return tokens, jnp.where(self.given[targets] & (targets >= 0), UNSCORED, targets)

    def part(self, start: int, stop: int) -> "Unscored":
        return Unscored(self.examples.part(start, stop), self.given)
