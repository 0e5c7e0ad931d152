"""The guide of the search for wanted words: the exact look-ahead of counts, as arrays for a compiled program."""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from moregrad.sampling.look_ahead import LookAhead
from moregrad.sampling.product import ENDED

LEAST_MOVES, LEAST_TIME = 2**21, 16


class Guide(eqx.Module):
    """The pairs that each token leads to, and the log of how likely each pair becomes a wanted word.

    Both are padded to few shapes, since each is compiled anew: the pairs to a power of four times those that have about
    LEAST_MOVES moves, the time to a power of two.
    """

    after: Int[Array, "pairs vocab"]
    ahead: Float[Array, "time pairs"]

    @classmethod
    def of(cls, found: LookAhead) -> "Guide":
        """Pads the tables of `found`."""
        (pairs, vocab), lengths = found.product.after.shape, len(found.pairs) + 1
        room = LEAST_MOVES >> (vocab - 1).bit_length()
        while room < pairs:
            room *= 4
        after = np.zeros((room, vocab), np.int32)
        after[:pairs] = found.product.after
        ahead = np.full((max(LEAST_TIME, 1 << (lengths - 1).bit_length()), room), -np.inf, np.float32)
        with np.errstate(divide="ignore"):
            for length, (some, values) in enumerate(zip(found.pairs, found.values, strict=True)):
                ahead[length, some] = np.log(values) + found.scales[length]
        ahead[:, ENDED] = 0
        return cls(jnp.asarray(after), jnp.asarray(ahead))
