"""Softmax and mean negative log-likelihood in one formula."""

from typing import Any

from jax.tree_util import Partial
from jaxtyping import Float, Int

from moregrad.backprop.operation import Array, Pullback, namespace
from moregrad.backprop.softmax import softmax


def cross_entropy(logits: Float[Array, "*axes vocab"], targets: Int[Array, "*axes"]) -> tuple[Any, Pullback]:
    """Computes the mean over n targets, each from 0 to vocab - 1, of minus the log probability of each, in nats.

    loss = the mean of log(the sum of exp(logits)) - logits[target]
    dlogits = (softmax(logits) - onehot(targets)) / n * dloss
    """
    xp = namespace(logits)
    shifted = logits - logits.max(-1, keepdims=True)
    picked = xp.take_along_axis(shifted, targets[..., None], axis=-1)[..., 0]
    loss = (xp.log(xp.exp(shifted).sum(-1)) - picked).mean()
    return loss, Partial(_pull, logits, targets)


def _pull(logits: Array, targets: Array, dloss: Any) -> tuple[Array, None]:
    probabilities, _ = softmax(logits)
    return (probabilities - one_hot(targets, logits)) * (dloss / targets.size), None


def one_hot(targets: Int[Array, "*axes"], like: Float[Array, "*axes vocab"]) -> Float[Array, "*axes vocab"]:
    """Returns an array like `like` with 1 at each target and 0 elsewhere."""
    return (targets[..., None] == namespace(like).arange(like.shape[-1])).astype(like.dtype)
