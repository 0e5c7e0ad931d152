"""The probabilities that tokens are drawn with, for whole tables of what counts hold likely."""

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Float64

from moregrad.jit import jit
from moregrad.sampling.options import Sampling
from moregrad.sampling.processors import Processors

ROWS = 2**12
"""Rows handled at a time, always so many, so that one program serves every table."""


def changes_nothing(options: Sampling) -> bool:
    """Tells whether tokens are drawn with the model's own probabilities: no cuts, and a temperature of 1."""
    return all(getattr(options, name) == getattr(Sampling, name) for name in ("temperature", "top_k", "top_p", "min_p"))


def drawn_with(
    probability: Float64[np.ndarray, "histories vocab"], options: Sampling
) -> Float64[np.ndarray, "histories vocab"]:
    """Returns the probabilities that `options` draw with where the model's are `probability`; rows sum to 1, or 0."""
    if changes_nothing(options):
        return probability
    processors, result = Processors.of(options), np.empty_like(probability)
    for start in range(0, len(probability), ROWS):
        some = probability[start : start + ROWS]
        padded = np.ones((ROWS, some.shape[1]), np.float32)
        with np.errstate(divide="ignore"):
            padded[: len(some)] = np.where(some.any(axis=1, keepdims=True), np.log(some), 0)
        result[start : start + ROWS] = np.asarray(_process(processors, jnp.asarray(padded)))[: len(some)]
    result[~probability.any(axis=1)] = 0
    return result / np.maximum(result.sum(axis=1, keepdims=True), np.finfo(np.float64).tiny)


@jit
def _process(processors: Processors, logits: Float[Array, "rows vocab"]) -> Float[Array, "rows vocab"]:
    return processors(logits)
