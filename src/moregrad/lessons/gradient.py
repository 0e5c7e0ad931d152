"""Exercises of lesson 5: the same by gradient."""

import numpy as np

from moregrad.lessons.exercise import exercise

LOGITS = np.array([[0.5, -1.0, 2.0, 0.0], [1.0, 1.0, 0.0, -2.0], [0.3, 0.0, -0.7, 1.5]])
TARGETS = np.array([2, 3, 0])


def _softmax(logits: np.ndarray, axis: int = -1) -> np.ndarray:
    counts = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return counts / counts.sum(axis=axis, keepdims=True)


def _sum_by_row(x: np.ndarray, dlogits: np.ndarray) -> np.ndarray:
    return np.eye(dlogits.shape[1])[x].T @ dlogits


@exercise(
    trials=lambda: [(LOGITS,), (np.array([[2000.0, 0.0], [-1.0, 1.0], [-2000.0, -2001.0]]),)],
    hints=[
        "The logarithm of a quotient is a difference: what is the logarithm of exp(logit) / sum?",
        "It is the logit minus the logarithm of the sum. First subtract the greatest logit from each row.",
    ],
)
def log_softmax(logits):
    """Return the logarithm of softmax of every row of logits, finite for large logits too."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


@log_softmax.mistake(
    "A probability that was rounded to 0 has no logarithm. Do not compute it: the logarithm of exp(logit) / sum is "
    "a difference."
)
def _(logits):
    with np.errstate(divide="ignore"):
        return np.log(_softmax(logits))


@log_softmax.mistake("A logit of 2,000 is too large for exp. Subtract the greatest logit of each row first.")
def _(logits):
    with np.errstate(over="ignore", divide="ignore"):
        return logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))


@log_softmax.mistake("A logit of 2,000 is too large for exp. Subtract the greatest logit of each row first.")
def _(logits):
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        return np.log(np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True))


@log_softmax.mistake(
    "You subtracted the greatest logit of the whole table. In a row far below it every exponential becomes 0; "
    "each row needs its own greatest."
)
def _(logits):
    shifted = logits - logits.max()
    with np.errstate(divide="ignore"):
        return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


@log_softmax.mistake("You summed the columns. Each row has a sum of its own: axis=-1, with keepdims=True.")
def _(logits):
    shifted = logits - logits.max(axis=0, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=0, keepdims=True))


@log_softmax.mistake(
    "The greatest logit was subtracted in the sum only. Subtract the logarithm of that sum from the shifted logits."
)
def _(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return logits - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


@log_softmax.mistake("This is softmax itself; its logarithm is asked for.")
def _(logits):
    return _softmax(logits)


@log_softmax.mistake("The logarithm of the sum of the exponentials is still to be subtracted.")
def _(logits):
    return logits - logits.max(axis=-1, keepdims=True)


@exercise(
    hints=[
        "All logits are 0 then. What does softmax make of 27 equal logits?",
        "Each character has the probability 1/27, and the loss is minus the logarithm of that.",
    ],
    tolerance=1e-3,
)
def loss_of_zeros():
    """What is the loss if all 27 x 27 weights are 0?"""
    return np.log(27)


@loss_of_zeros.mistake("The logits are 0, the probabilities are not: softmax gives each of the 27 characters 1/27.")
def _():
    return 0


@loss_of_zeros.mistake("That is the probability of each character. The loss is minus its logarithm.")
def _():
    return 1 / 27


@loss_of_zeros.mistake("The boundary is one of the characters to guess: there are 27, not 26.")
def _():
    return np.log(26)


@loss_of_zeros.mistake("The sign is missing: the logarithm of a probability is negative, the loss is minus that.")
def _():
    return -np.log(27)


@loss_of_zeros.mistake("Each example chooses among 27 characters; the number of weights does not matter.")
def _():
    return np.log(27 * 27)


@loss_of_zeros.mistake("This is in bits. The loss is in nats: use the natural logarithm.")
def _():
    return np.log2(27)


@exercise(
    trials=lambda: [(LOGITS, TARGETS), (LOGITS[:2], TARGETS[:2])],
    hints=[
        "Take softmax, pick the probability of the target in each row, then logarithm, mean and sign.",
        "probabilities[np.arange(len(targets)), targets] picks one number in each row.",
    ],
)
def mean_loss(logits, targets):
    """Return the mean over the rows of minus the log probability of the target."""
    counts = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities = counts / counts.sum(axis=-1, keepdims=True)
    return -np.log(probabilities[np.arange(len(targets)), targets]).mean()


@mean_loss.mistake("This is the sum over the rows; the loss is their mean.")
def _(logits, targets):
    return -np.log(_softmax(logits)[np.arange(len(targets)), targets]).sum()


@mean_loss.mistake("The sign is missing: the logarithm of a probability is negative, the loss is minus that.")
def _(logits, targets):
    return np.log(_softmax(logits)[np.arange(len(targets)), targets]).mean()


@mean_loss.mistake(
    "probabilities[:, targets] takes the columns of all targets from every row. Pick one: [np.arange(n), targets]."
)
def _(logits, targets):
    return -np.log(_softmax(logits)[:, targets]).mean()


@mean_loss.mistake("This is minus the mean logit of the targets. Logits are no probabilities: softmax comes first.")
def _(logits, targets):
    return -logits[np.arange(len(targets)), targets].mean()


@mean_loss.mistake("This is in bits. The loss is in nats: use the natural logarithm, np.log.")
def _(logits, targets):
    return -np.log2(_softmax(logits)[np.arange(len(targets)), targets]).mean()


@exercise(
    trials=lambda: [(LOGITS, TARGETS), (LOGITS[:2], TARGETS[:2])],
    hints=[
        "In every row it is the probabilities, and 1 less at the target.",
        "The loss is a mean over the rows. What does that do to the gradient of each?",
    ],
)
def logits_gradient(logits, targets):
    """Return the gradient of the mean cross-entropy for every logit."""
    counts = np.exp(logits - logits.max(axis=-1, keepdims=True))
    gradient = counts / counts.sum(axis=-1, keepdims=True)
    gradient[np.arange(len(targets)), targets] -= 1
    return gradient / len(targets)


@logits_gradient.mistake("This is the gradient of the sum. The loss is a mean: divide by the number of rows.")
def _(logits, targets):
    return _softmax(logits) - np.eye(logits.shape[1])[targets]


@logits_gradient.mistake("The sign is wrong: the gradient is below 0 at the target, whose logit is to rise.")
def _(logits, targets):
    return (np.eye(logits.shape[1])[targets] - _softmax(logits)) / len(targets)


@logits_gradient.mistake("These are the probabilities; subtract 1 at the target of each row.")
def _(logits, targets):
    return _softmax(logits) / len(targets)


@logits_gradient.mistake("You divided by the number of logits. The loss is a mean over rows: divide by theirs.")
def _(logits, targets):
    return (_softmax(logits) - np.eye(logits.shape[1])[targets]) / logits.size


@exercise(
    trials=lambda: [
        (np.array([2, 0, 2]), np.array([[0.1, -0.4, 0.3], [0.2, 0.2, -0.4], [-0.5, 0.25, 0.25]])),
        (np.array([1, 1, 1]), np.array([[0.1, -0.4, 0.3], [0.2, 0.2, -0.4], [-0.5, 0.25, 0.25]])),
    ],
    hints=[
        "The row of a token gets the sum of the gradients of all examples with that token.",
        "np.eye(n)[x] are the one-hot rows. Which product of them with dlogits sums over the examples?",
    ],
)
def weights_gradient(x, dlogits):
    """Return the gradient for the weights: in the row of each token, the sum of dlogits where x is that token."""
    one_hot = np.eye(dlogits.shape[1])[x]
    return one_hot.T @ dlogits


@weights_gradient.mistake("Transpose the one-hot rows: the product has to sum over the examples.")
def _(x, dlogits):
    return np.eye(dlogits.shape[1])[x] @ dlogits


@weights_gradient.mistake("This is the transpose: rows belong to the token that goes in, columns to the next one.")
def _(x, dlogits):
    return _sum_by_row(x, dlogits).T


@weights_gradient.mistake(
    "A token that occurs twice must get the sum of both gradients. gradient[x] += dlogits keeps only the last; "
    "np.add.at(gradient, x, dlogits) adds."
)
def _(x, dlogits):
    gradient = np.zeros((dlogits.shape[1],) * 2)
    gradient[x] += dlogits
    return gradient


@weights_gradient.mistake("np.eye(27) makes 27 rows whatever the vocabulary. The number of tokens is dlogits.shape[1].")
def _(x, dlogits):
    return np.eye(27)[x].T @ dlogits


@weights_gradient.mistake("The division by the number of examples is in dlogits already.")
def _(x, dlogits):
    return _sum_by_row(x, dlogits) / len(x)


@exercise(
    trials=lambda: [(np.array([[1.0, -2.0], [0.5, 0.0]]), 0.01), (np.array([[3.0, -1.0, 2.0]]), 0.5)],
    hints=[
        "The slope of a square w * w is 2 * w.",
        "A mean divides by the number of weights, and so does its gradient.",
    ],
)
def penalty_gradient(weights, strength):
    """Return the gradient of strength times the mean square of the weights."""
    return strength * 2 * weights / weights.size


@penalty_gradient.mistake("The penalty is a mean: divide by the number of weights.")
def _(weights, strength):
    return strength * 2 * weights


@penalty_gradient.mistake("The slope of a square is twice its root: a factor 2 is missing.")
def _(weights, strength):
    return strength * weights / weights.size


@penalty_gradient.mistake("You divided by the number of rows; the mean is over all weights, weights.size.")
def _(weights, strength):
    return strength * 2 * weights / len(weights)


@penalty_gradient.mistake("This is the penalty itself. Its gradient has one number for each weight.")
def _(weights, strength):
    return strength * (weights**2).mean()
