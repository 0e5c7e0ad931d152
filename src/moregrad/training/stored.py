"""The rows of some steps, read from a file before the steps begin."""

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Int

from moregrad.data.examples import Examples
from moregrad.data.stored_examples import StoredRows
from moregrad.jit import jit
from moregrad.training.batches import Batches, FixedBatches, Step

AHEAD = 2**24
"""Tokens that are read ahead together at most, which take some half a gigabyte on the way."""


def reach(examples: Examples, batches: Batches, every: int) -> int:
    """Returns for how many of `every` steps `read_ahead` reads rows at a time, so that memory holds them."""
    if not isinstance(examples, StoredRows):
        return every
    (batch,) = jax.eval_shape(batches.at, jnp.asarray(0)).shape
    return min(max(AHEAD // (batch * (examples.lead + examples.width + 1)), 1), every)


def read_ahead(examples: Examples, batches: Batches, start: int, count: int) -> tuple[Examples, Batches]:
    """Returns what `count` steps from `start` on train on: rows read from their file, or `examples` as they are."""
    if not isinstance(examples, StoredRows):
        return examples, batches
    step = jnp.asarray(start)
    index = np.asarray(_draw(batches, step, count))
    order = jnp.arange(index.size, dtype=jnp.int32).reshape(index.shape)
    return examples.read(index.ravel()), FixedBatches(order, step)


@jit
def _draw(batches: Batches, step: Step, count: int) -> Int[Array, "count batch"]:
    return jax.vmap(batches.at)(step + jnp.arange(count))
