"""The keys that batches of words are drawn with."""

from collections.abc import Iterator
from itertools import count

import jax.random as jr
from jaxtyping import PRNGKeyArray

from moregrad.sampling.options import Sampling

PARTS = 2**32 - 1
"""The number of a batch that nobody comes to; the keys of parts are folded from its key."""


def batch_keys(options: Sampling) -> Iterator[PRNGKeyArray]:
    """Yields a key for each batch without end, others for every seed and for every part."""
    key = jr.key(options.seed)
    if options.part:
        key = jr.fold_in(jr.fold_in(key, PARTS), options.part)
    return (jr.fold_in(key, number) for number in count())
