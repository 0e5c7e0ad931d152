"""Wanted words from any model, batch by batch, with as many particles as it takes."""

from collections.abc import Iterator
from functools import partial

import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np
from jaxtyping import Array, Int, PRNGKeyArray

from moregrad.models.model import Model
from moregrad.parallel import parallel_map
from moregrad.sampling.draws import Draws
from moregrad.sampling.generate import FREE
from moregrad.sampling.guide import Guide
from moregrad.sampling.islands import accept, lost_share, search
from moregrad.sampling.keys import batch_keys
from moregrad.sampling.processors import Processors
from moregrad.sampling.target import Target

ISLANDS = 256
FEW, MANY = 8, 64
"""Particles on each island: few, unless their weights are too uneven for it."""
MOST_LOST = 0.01
"""The share of the probability of wanted words that few particles may lose."""


def search_batches(model: Model, guide: Guide, target: Target) -> Iterator[Draws]:
    """Yields batches of wanted words without end; the first decides how many particles the others have."""
    forced = np.full(guide.ahead.shape[0], FREE, np.int32)
    forced[: len(target.prefix)] = target.prefix
    draw = partial(
        _batch, jax.device_put(model), guide, jnp.asarray(forced), Processors.of(target.options), target.longest
    )
    keys = batch_keys(target.options)
    first, particles = next(keys), FEW
    draws, lost = draw(FEW, first)
    if lost > MOST_LOST:
        particles = MANY
        draws, _ = draw(MANY, first)
    yield draws
    yield from parallel_map(lambda key: draw(particles, key)[0], keys)


def _batch(
    model: Model,
    guide: Guide,
    forced: Int[Array, " time"],
    processors: Processors,
    longest: int,
    particles: int,
    key: PRNGKeyArray,
) -> tuple[Draws, float]:
    """Returns the words of one batch, and the share of the probability of wanted words that it lost."""
    searching, accepting = jr.split(key)
    found = search(model, guide, forced, processors, islands=ISLANDS, particles=particles, key=searching)
    ids, nats, evidence = map(np.asarray, found)
    evidence = evidence.astype(np.float64)
    kept = accept(evidence, key=accepting)
    return Draws(ISLANDS * particles, ids[kept, :longest], nats[kept]), lost_share(evidence)
