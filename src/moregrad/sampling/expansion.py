"""The surprisal of every continuation of a batch of prefixes, as one compiled program of a fixed shape."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Float32, Float64, Int

from moregrad.jit import jit, trim
from moregrad.models.model import Model
from moregrad.models.states import batch_axes, rows_back, rows_first
from moregrad.sampling.states import begin

LOGITS, LARGEST, SMALLEST = 2**18, 512, 16
"""Logits that a batch has room for, and the most and fewest prefixes in it."""

UNIT = 2.0**-32
"""Nats that every surprisal is a multiple of, far below what float32 tells apart: their sums are exact, so that words
of the same characters in another order are equally probable where they should be."""


class Expansion:
    """A model that advances `batch` prefixes at a time; their states lie in NumPy, where they are gathered by index."""

    def __init__(self, model: Model, vocab: int) -> None:
        trim()
        self._model, self._axes = jax.device_put(model), batch_axes(model)
        self.batch = int(np.clip(1 << (LOGITS // vocab).bit_length() >> 1, SMALLEST, LARGEST))

    def begin(self) -> Any:
        """Returns the state of one row before its opening boundary."""
        return begin(self._model, self._axes)

    def __call__(
        self, states: Any, tokens: Int[np.ndarray, " prefixes"]
    ) -> tuple[Float64[np.ndarray, "prefixes vocab"], Any]:
        """Returns the nats of every token after each of up to `batch` prefixes, and the states behind their last ones.

        `states` are those before the last `tokens`. A token that the model holds impossible costs infinitely many.
        """
        rows = np.minimum(np.arange(self.batch), len(tokens) - 1)
        nats, after = _advance(
            self._model, self._axes, jax.tree.map(lambda leaf: leaf[rows], states), jax.device_put(tokens[rows])
        )
        exact = np.round(np.asarray(nats, np.float64)[: len(tokens)] / UNIT) * UNIT
        return exact, jax.tree.map(np.asarray, after)


@jit
def _advance(
    model: Model, axes: Any, states: Any, tokens: Int[Array, " batch"]
) -> tuple[Float32[Array, "batch vocab"], Any]:
    logits, states = model.advance(rows_back(states, axes), tokens)
    return _cost(logits), rows_first(states, axes)


def _cost(logits: Float[Array, "batch vocab"]) -> Float32[Array, "batch vocab"]:
    # Unsmoothed counts know nothing of what follows a history that never occurred.
    possible = logits.max(axis=-1, keepdims=True) > -jnp.inf
    return jnp.where(possible, -jax.nn.log_softmax(jnp.where(possible, logits, 0)), jnp.inf).astype(jnp.float32)
