"""Exercises of lesson 7: how a network begins."""

import numpy as np

from moregrad.lessons.exercise import exercise


@exercise(
    trials=lambda: [(27,), (2,), (1000,)],
    hints=["Each of the symbols has the same probability. Which?", "The loss is minus its natural logarithm."],
)
def loss_of_guessing(symbols):
    """Return the loss, in nats, of a model that gives each of the symbols the same probability."""
    return np.log(symbols)


@loss_of_guessing.mistake("These are bits; nats come from the natural logarithm.")
def _(symbols):
    return np.log2(symbols)


@loss_of_guessing.mistake("A loss is not negative: it is minus the logarithm of the probability.")
def _(symbols):
    return np.log(1 / symbols)


@loss_of_guessing.mistake("This is the probability of one symbol; the loss is minus its logarithm.")
def _(symbols):
    return 1 / symbols


def _activations():
    values = np.array([[0.999, 0.5, -0.995, -0.2], [-0.998, 0.999, -0.999, 0.1], [0.997, 0.3, 0.991, 0.999]])
    return [(values,), (values.T,), (values * 0.9,)]


@exercise(
    trials=_activations,
    hints=[
        "A unit is a column. np.abs(outputs) > 0.99 tells where outputs are saturated.",
        "all(axis=0) goes down each column.",
    ],
)
def count_dead(outputs):
    """Return the number of units, columns of outputs, whose absolute value is above 0.99 for every example."""
    return int((np.abs(outputs) > 0.99).all(axis=0).sum())


@count_dead.mistake("Outputs near -1 are saturated as well: take the absolute value.")
def _(outputs):
    return int((outputs > 0.99).all(axis=0).sum())


@count_dead.mistake("You count units that are saturated for some example; a dead one is for all: all, not any.")
def _(outputs):
    return int((np.abs(outputs) > 0.99).any(axis=0).sum())


@count_dead.mistake("You count examples for which all units are saturated; units are columns: axis 0.")
def _(outputs):
    return int((np.abs(outputs) > 0.99).all(axis=1).sum())


@count_dead.mistake("You count saturated outputs; a unit is dead if it is saturated for every example.")
def _(outputs):
    return int((np.abs(outputs) > 0.99).sum())


@exercise(
    trials=lambda: [(30, 200, 5 / 3), (200, 27, 1.0), (1, 9, 2.0)],
    hints=[
        "Each output adds up one product per input, and variances add up.",
        "The deviation grows by the root of the number of inputs; divide by it.",
    ],
)
def weight_deviation(inputs, outputs, gain):
    """Return the deviation of normal weights that turns inputs of deviation 1 into outputs of deviation `gain`."""
    return gain / inputs**0.5


@weight_deviation.mistake("Variances add up, not deviations: divide by the square root of the number of inputs.")
def _(inputs, outputs, gain):
    return gain / inputs


@weight_deviation.mistake("Every output is a sum over the inputs: their number counts, not that of the outputs.")
def _(inputs, outputs, gain):
    return gain / outputs**0.5


@weight_deviation.mistake("The more inputs are added up, the smaller the weights must be: divide, do not multiply.")
def _(inputs, outputs, gain):
    return gain * inputs**0.5


@weight_deviation.mistake("The gain is missing: tanh shrinks what it is given, and the gain makes up for that.")
def _(inputs, outputs, gain):
    return inputs**-0.5


@exercise(
    hints=[
        "The hidden layer gives tanh(0) = 0 for every example. What is the gradient of a weight that multiplies 0?",
        "The gradient passes to the hidden layer through W2. What is left of it if W2 is 0?",
    ],
)
def learns_from_zero():
    """All of W1, b1, W2 and b2 start at zero. List the names of those that the first step changes."""
    return ["b2"]


@learns_from_zero.mistake("The gradient of W2 is the hidden layer's output times that of the logits, and tanh(0) is 0.")
def _():
    return ["W2", "b2"]


@learns_from_zero.mistake("The gradient reaches W1 and b1 through W2, which is 0.")
def _():
    return ["W1", "b1", "W2", "b2"]


@learns_from_zero.mistake("The logits do have a gradient: all 27 probabilities are equal, and one target is right.")
def _():
    return []


def _batches():
    rng = np.random.default_rng(7)
    few, square = rng.normal(3, 2, (4, 3)), rng.normal(-1, 5, (3, 3))
    return [
        (few, np.ones(3), np.zeros(3)),
        (few, np.array([1.0, 2.0, 0.5]), np.array([0.0, -1.0, 3.0])),
        (square, np.array([2.0, 1.0, 3.0]), np.array([1.0, 0.0, 2.0])),
    ]


@exercise(
    trials=_batches,
    tolerance=1e-4,
    hints=[
        "Each unit is a column of x with a mean and a variance of its own.",
        "x.var(axis=0, ddof=1) divides by n - 1. The root of it is the deviation.",
    ],
)
def normalise(x, gain, bias):
    """Normalise each column of the batch x to mean 0 and deviation 1 (variance with n - 1), then scale and shift."""
    normal = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0, ddof=1) + 1e-5)
    return gain * normal + bias


@normalise.mistake("The variance is that of n, NumPy's default; here it divides by n - 1: var(axis=0, ddof=1).")
def _(x, gain, bias):
    return gain * (x - x.mean(axis=0)) / x.std(axis=0) + bias


@normalise.mistake("You divide by the variance; the deviation is its square root.")
def _(x, gain, bias):
    return gain * (x - x.mean(axis=0)) / x.var(axis=0, ddof=1) + bias


@normalise.mistake(
    "You normalise each example over its units, as LayerNorm does; BatchNorm goes over the batch: axis 0."
)
def _(x, gain, bias):
    return gain * (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, ddof=1, keepdims=True) + bias


@normalise.mistake("You use one mean and one deviation for all units; each column has its own: axis=0.")
def _(x, gain, bias):
    return gain * (x - x.mean()) / x.std(ddof=1) + bias


@normalise.mistake("The mean is not subtracted.")
def _(x, gain, bias):
    return gain * x / x.std(axis=0, ddof=1) + bias


@normalise.mistake("Scale first, then shift: gain * normal + bias, not gain * (normal + bias).")
def _(x, gain, bias):
    return gain * ((x - x.mean(axis=0)) / x.std(axis=0, ddof=1) + bias)


def _trained_norms():
    rng = np.random.default_rng(3)
    statistics = [rng.normal(0, 1, 3).round(1) for _ in range(3)] + [rng.uniform(0.5, 4, 3).round(1)]
    return [(rng.normal(0, 1, (3, 3)), *statistics), (rng.normal(0, 1, (5, 3)), *statistics)]


@exercise(
    trials=_trained_norms,
    tolerance=1e-4,
    hints=[
        "Write it down: gain * (x @ weight - mean) / deviation + bias. It is linear in x.",
        "What multiplies x is weight times one number per column. The rest is the new bias.",
    ],
)
def fold(weight, gain, bias, mean, variance):
    """Return the (weight, bias) of one linear layer that does what `x @ weight`, then a trained BatchNorm do."""
    scale = gain / np.sqrt(variance + 1e-5)
    return weight * scale, bias - mean * scale


@fold.mistake("The running mean is missing: it is subtracted before scaling, so the new bias has -mean * scale.")
def _(weight, gain, bias, mean, variance):
    scale = gain / np.sqrt(variance + 1e-5)
    return weight * scale, bias


@fold.mistake("The mean is scaled along with x: the new bias has -mean * scale, not -mean.")
def _(weight, gain, bias, mean, variance):
    scale = gain / np.sqrt(variance + 1e-5)
    return weight * scale, bias - mean


@fold.mistake("You divide by the variance; the deviation is its square root.")
def _(weight, gain, bias, mean, variance):
    scale = gain / (variance + 1e-5)
    return weight * scale, bias - mean * scale


@fold.mistake("The bias is added after scaling, so it stays as it is.")
def _(weight, gain, bias, mean, variance):
    scale = gain / np.sqrt(variance + 1e-5)
    return weight * scale, (bias - mean) * scale
