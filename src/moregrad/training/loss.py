"""Cross-entropy of logits against targets, in nats."""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from moregrad.data.examples import UNSCORED


def surprisal(
    logits: Float[Array, "batch position vocab"], targets: Int[Array, "batch scored"]
) -> Float[Array, "batch scored"]:
    """Minus the log probability of each target, for the last positions; 0 where nothing is scored."""
    logits = logits[:, logits.shape[1] - targets.shape[1] :]
    picked = jnp.take_along_axis(logits, jnp.maximum(targets, 0)[..., None], axis=-1)[..., 0]
    return jnp.where(targets == UNSCORED, 0, jax.nn.logsumexp(logits, axis=-1) - picked)


def cross_entropy(
    logits: Float[Array, "batch position vocab"], targets: Int[Array, "batch scored"], *, smoothing: float = 0.0
) -> Float[Array, ""]:
    """Mean surprisal over the scored targets; `smoothing` spreads that share of each target over all tokens."""
    total = jnp.sum(surprisal(logits, targets))
    if smoothing:
        total = (1 - smoothing) * total + smoothing * _uniform(logits, targets)
    return total / jnp.maximum(jnp.sum(targets != UNSCORED), 1)


def _uniform(logits: Float[Array, "batch position vocab"], targets: Int[Array, "batch scored"]) -> Float[Array, ""]:
    """Summed surprisal of a uniformly drawn token at the scored positions."""
    last = jax.nn.log_softmax(logits[:, logits.shape[1] - targets.shape[1] :])
    return -jnp.sum(jnp.where(targets == UNSCORED, 0, last.mean(-1)))
