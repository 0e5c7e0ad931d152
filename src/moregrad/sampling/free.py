"""Draws of words of which nothing is wanted but their beginning."""

from collections.abc import Iterator
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Int, Integer, PRNGKeyArray

from moregrad.data.vocabulary import BOUNDARY
from moregrad.errors import ModelError
from moregrad.models.model import Model
from moregrad.parallel import parallel_map
from moregrad.sampling.draws import Draws
from moregrad.sampling.generate import FREE, generate
from moregrad.sampling.keys import batch_keys
from moregrad.sampling.options import Sampling
from moregrad.sampling.processors import Processors

BATCH = 1024
SHORTEST_ROOM = 64
NUMBERS = 2**22
"""The most logits of a batch with which batches are drawn at once; of more, several batches take gigabytes."""


def draw_freely(
    model: Model, prefix: Integer[np.ndarray, " prefix"], options: Sampling, *, vocab: int, longest: int
) -> Iterator[Draws]:
    """Yields batches of words that begin with `prefix` and end within `longest` characters, without end.

    Draws that have not ended by then are left out, never cut.
    """
    batch = partial(_batch, jax.device_put(model), force(prefix, longest), Processors.of(options), longest)
    mapped = parallel_map if BATCH * vocab <= NUMBERS else map
    return mapped(batch, batch_keys(options))


def force(prefix: Integer[np.ndarray, " prefix"], longest: int) -> Int[Array, " time"]:
    """Returns the prefix, free positions up to `longest` characters, and boundaries from there on.

    Few lengths occur, since each is compiled anew. Raises ModelError for a prefix longer than the words may be.
    """
    check_prefix(prefix, longest)
    room = max(SHORTEST_ROOM, 1 << longest.bit_length())
    forced = np.full(room, BOUNDARY, np.int32)
    forced[:longest] = FREE
    forced[: len(prefix)] = prefix
    return jnp.asarray(forced)


def check_prefix(prefix: Integer[np.ndarray, " prefix"], longest: int) -> None:
    """Raises ModelError for a prefix longer than the words may be."""
    if len(prefix) > longest:
        raise ModelError(f"a prefix of {len(prefix)} characters does not fit in words of at most {longest}")


def _batch(model: Model, forced: Int[Array, " time"], processors: Processors, longest: int, key: PRNGKeyArray) -> Draws:
    ids, nats, whole = map(np.asarray, generate(model, forced, processors, batch=BATCH, key=key))
    return Draws(BATCH, ids[whole, :longest], nats[whole])
