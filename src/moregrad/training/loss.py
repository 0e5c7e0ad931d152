"""Cross-entropy of logits against targets, in nats."""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from moregrad.data.examples import UNSCORED


def surprisal(
    logits: Float[Array, "batch position vocab"], targets: Int[Array, "batch scored"]
) -> Float[Array, "batch scored"]:
    """Returns minus the log probability of each target, for the last positions; 0 where nothing is scored."""
    logits = logits[:, logits.shape[1] - targets.shape[1] :]
    picked = jnp.take_along_axis(logits, jnp.maximum(targets, 0)[..., None], axis=-1)[..., 0]
    return jnp.where(targets == UNSCORED, 0, jax.nn.logsumexp(logits, axis=-1) - picked)


def cross_entropy(
    logits: Float[Array, "batch position vocab"],
    targets: Int[Array, "batch scored"],
    *,
    label_smoothing: Float[Array, ""] | float | None = None,
) -> Float[Array, ""]:
    """Returns the mean surprisal of the scored targets; `label_smoothing` spreads that share over all tokens."""
    total = jnp.sum(surprisal(logits, targets))
    if label_smoothing is not None:
        total = (1 - label_smoothing) * total + label_smoothing * _uniform(logits, targets)
    return total / jnp.maximum(jnp.sum(targets != UNSCORED), 1)


def _uniform(logits: Float[Array, "batch position vocab"], targets: Int[Array, "batch scored"]) -> Float[Array, ""]:
    """Sums the mean surprisal over all tokens at the scored positions."""
    last = jax.nn.log_softmax(logits[:, logits.shape[1] - targets.shape[1] :])
    return -jnp.sum(jnp.where(targets == UNSCORED, 0, last.mean(-1)))
