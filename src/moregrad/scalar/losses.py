"""Losses and softmax: they return Values for Values, and numbers for numbers."""

from collections.abc import Iterable, Sequence
from typing import Any

from moregrad.errors import ScalarError
from moregrad.scalar import ops
from moregrad.scalar.value import Number, Value


def hinge(scores: Sequence[Value], targets: Sequence[int]) -> Value:
    """The mean of max(0, 1 - target * score), for targets of -1 and 1; the margin is 1."""
    if any(abs(float(target)) != 1 for target in targets):
        raise ScalarError(
            f"targets {list(targets)[:5]}: the hinge takes -1 and 1; for labels of 0 and 1 give 2 * labels - 1"
        )
    return _average([ops.relu(1.0 + -float(target) * score) for score, target in _pair(scores, targets)])


def squared_error(predictions: Sequence[Value], targets: Sequence[Number]) -> Value:
    """The mean of (prediction - target)**2; the first lecture takes the sum, which is len(targets) times as much."""
    return _average([(prediction - target) ** 2 for prediction, target in _pair(predictions, targets)])


def weight_penalty(parameters: Iterable[Value], strength: float = 1e-4) -> Value:
    """`strength` times the sum of squares of the parameters (L2 regularization)."""
    return strength * sum((p * p for p in parameters), Value(0.0))


def logsumexp(values: Iterable[Value | Number]) -> Any:
    """log(sum(exp(values))), without overflow; a number if all are numbers."""
    values = list(values)
    if not values:
        raise ScalarError("logsumexp of an empty list: give at least one number")
    return ops.logsumexp(*values)


def softmax(logits: Iterable[Value | Number]) -> list[Any]:
    """exp(logits) divided by their sum, without overflow."""
    logits = list(logits)
    total = logsumexp(logits)
    return [ops.exp(logit - total) for logit in logits]


def cross_entropy(logits: Sequence[Value | Number], target: int) -> Any:
    """Minus the logarithm of the probability that softmax gives to `target`, an index, in nats."""
    if not 0 <= target < len(logits):
        raise ScalarError(f"target {target} among {len(logits)} logits: give an index from 0 to {len(logits) - 1}")
    return logsumexp(logits) - logits[target]


def _pair(predictions: Sequence[Value], targets: Sequence[Any]) -> Iterable[tuple[Value, Any]]:
    if len(predictions) != len(targets) or not len(targets):
        raise ScalarError(
            f"{len(predictions)} predictions for {len(targets)} targets: give as many of each, and at least one"
        )
    return zip(predictions, targets, strict=True)


def _average(values: Sequence[Value]) -> Value:
    return sum(values[1:], values[0]) * (1.0 / len(values))
