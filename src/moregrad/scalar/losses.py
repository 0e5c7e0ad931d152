"""What training makes small, and softmax: Values of Values, numbers of numbers."""

from collections.abc import Iterable, Sequence
from typing import Any

from moregrad.errors import ScalarError
from moregrad.scalar import ops
from moregrad.scalar.value import Number, Value


def hinge(scores: Sequence[Value], targets: Sequence[int]) -> Value:
    """The mean of max(0, 1 - target * score), for targets of -1 and 1: how far scores fall short of a margin of 1."""
    if any(abs(float(target)) != 1 for target in targets):
        raise ScalarError(
            f"targets {list(targets)[:5]}: the hinge takes -1 and 1; 2 * labels - 1 makes them of 0 and 1"
        )
    return _mean([ops.relu(1.0 + -float(target) * score) for score, target in _pairs(scores, targets)])


def squared_error(predictions: Sequence[Value], targets: Sequence[Number]) -> Value:
    """The mean of (prediction - target) squared; the sum, which the first lecture takes, is len(targets) times this."""
    return _mean([(prediction - target) ** 2 for prediction, target in _pairs(predictions, targets)])


def weight_penalty(parameters: Iterable[Value], strength: float = 1e-4) -> Value:
    """`strength` times the sum of squares (L2)."""
    return strength * sum((p * p for p in parameters), Value(0.0))


def logsumexp(values: Iterable[Value | Number]) -> Any:
    """log(sum(exp(values))), whatever their size; a number where all are numbers."""
    values = list(values)
    if not values:
        raise ScalarError("logsumexp of an empty list: it takes at least one number")
    return ops.logsumexp(*values)


def softmax(logits: Iterable[Value | Number]) -> list[Any]:
    """exp(logits) divided by their sum, whatever their size: positive, and together 1."""
    logits = list(logits)
    total = logsumexp(logits)
    return [ops.exp(logit - total) for logit in logits]


def cross_entropy(logits: Sequence[Value | Number], target: int) -> Any:
    """Minus the logarithm of the probability that softmax gives to number `target`, in nats."""
    if not 0 <= target < len(logits):
        raise ScalarError(f"target {target} among {len(logits)} logits: it takes a number from 0 to {len(logits) - 1}")
    return logsumexp(logits) - logits[target]


def _pairs(predictions: Sequence[Value], targets: Sequence[Any]) -> Iterable[tuple[Value, Any]]:
    if len(predictions) != len(targets) or not len(targets):
        raise ScalarError(
            f"{len(predictions)} predictions for {len(targets)} targets: it takes as many, and at least one"
        )
    return zip(predictions, targets, strict=True)


def _mean(values: Sequence[Value]) -> Value:
    return sum(values[1:], values[0]) * (1.0 / len(values))
