"""How far back a model looks, found by changing one token at a time."""

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import numpy as np

from moregrad.models.architecture import Architecture
from moregrad.models.model import Model

VOCAB, BLOCK = 5, 16
WORD = [0, *[1, 2, 3, 4] * 3]


def build(architecture: Architecture) -> Any:
    """A new model for four characters and words of at most fifteen, of the kind that the architecture builds."""
    return architecture.build(VOCAB, BLOCK, key=jr.key(0))


@eqx.filter_jit
def logits(model: Model, rows: list[list[int]] | np.ndarray) -> jax.Array:
    """The logits of the token after each of `rows`."""
    return model(jnp.asarray(rows))[:, -1]


def reach(model: Model) -> int:
    """Counts the last tokens of a word that the logits after them depend on; a word of 12 characters is long enough."""
    rows = np.tile(WORD, (len(WORD), 1))
    index = np.arange(1, len(WORD))
    rows[index, index] = rows[index, index] % 4 + 1
    after = np.asarray(logits(model, rows))
    return len(WORD) - int(np.flatnonzero(abs(after - after[0]).max(-1) > 1e-7)[0])
