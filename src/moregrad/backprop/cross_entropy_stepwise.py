"""Softmax and mean negative log-likelihood step by step, one line per step forwards and one backwards."""

from typing import Any

from jax.tree_util import Partial
from jaxtyping import Float, Int

from moregrad.backprop.cross_entropy import one_hot
from moregrad.backprop.operation import Array, Pullback, namespace


def cross_entropy_stepwise(logits: Float[Array, "*axes vocab"], targets: Int[Array, "*axes"]) -> tuple[Any, Pullback]:
    """Computes what `cross_entropy` does, and its gradient by the chain rule alone.

    greatest = max of logits               dlogits = dshifted + dgreatest where the greatest logit is
    shifted = logits - greatest            dgreatest = -sum of dshifted
    powers = exp(shifted)                  dshifted = powers * dpowers
    total = sum of powers                  dpowers = inverse * dprobabilities + dtotal
    inverse = 1 / total                    dtotal = -inverse ** 2 * dinverse
    probabilities = powers * inverse       dinverse = sum of powers * dprobabilities
    logs = log(probabilities)              dprobabilities = dlogs / probabilities
    loss = -mean of logs[target]           dlogs = -onehot(targets) / n * dloss

    The right column is read from the bottom up. Sums are over the vocabulary.
    """
    xp = namespace(logits)
    greatest = logits.max(-1, keepdims=True)
    shifted = logits - greatest
    powers = xp.exp(shifted)
    total = powers.sum(-1, keepdims=True)
    inverse = 1 / total
    probabilities = powers * inverse
    logs = xp.log(probabilities)
    loss = -xp.take_along_axis(logs, targets[..., None], axis=-1).mean()
    return loss, Partial(_pull, logits, targets, powers, inverse, probabilities)


def _pull(
    logits: Array, targets: Array, powers: Array, inverse: Array, probabilities: Array, dloss: Any
) -> tuple[Array, None]:
    dlogs = -one_hot(targets, logits) * (dloss / targets.size)
    dprobabilities = dlogs / probabilities
    dinverse = (powers * dprobabilities).sum(-1, keepdims=True)
    dtotal = -(inverse**2) * dinverse
    dpowers = inverse * dprobabilities + dtotal
    dshifted = powers * dpowers
    dgreatest = -dshifted.sum(-1, keepdims=True)
    greatest = namespace(logits).arange(logits.shape[-1]) == logits.argmax(-1, keepdims=True)
    dlogits = dshifted + greatest * dgreatest
    return dlogits, None
