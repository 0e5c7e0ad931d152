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
    values = np.array(
        [[0.999, 0.5, -0.995, -0.2, 0.98], [-0.998, 0.999, -0.999, 0.1, 0.98], [0.997, 0.3, 0.991, 0.999, 0.98]]
    )
    nearly = np.array([[0.96, 0.2], [1, 0.2], [1, 0.2], [1, 0.2], [1, 0.2]])
    return [(values,), (values.T,), (values * 0.9,), (nearly,)]


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


@count_dead.mistake("The limit here is 0.99, not the 0.97 of the legend.")
def _(outputs):
    return int((np.abs(outputs) > 0.97).all(axis=0).sum())


@count_dead.mistake("One output that is not saturated keeps a unit alive, however large the mean is.")
def _(outputs):
    return int((np.abs(outputs).mean(axis=0) > 0.99).sum())


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


@weight_deviation.mistake("This is the variance; the deviation is its square root.")
def _(inputs, outputs, gain):
    return gain**2 / inputs


@weight_deviation.mistake("The number of outputs plays no part: each output adds up its own products.")
def _(inputs, outputs, gain):
    return gain * (2 / (inputs + outputs)) ** 0.5


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


@learns_from_zero.mistake("b1 is a bias too, but its gradient passes through W2, which is 0.")
def _():
    return ["b1", "b2"]


@learns_from_zero.mistake("The logits do have a gradient: all 27 probabilities are equal, and one target is right.")
def _():
    return []


def _batches():
    rng = np.random.default_rng(7)
    few, square = rng.normal(3, 2, (4, 3)), rng.normal(-1, 5, (3, 3))
    equal = np.array([[2.0, 1.0], [2.0, 3.0], [2.0, 4.0]])
    return [
        (few, np.ones(3), np.zeros(3)),
        (few, np.array([1.0, 2.0, 0.5]), np.array([0.0, -1.0, 3.0])),
        (square, np.array([2.0, 1.0, 3.0]), np.array([1.0, 0.0, 2.0])),
        (equal, np.ones(2), np.zeros(2)),
    ]


def _deviation(x, **over):
    return np.sqrt(x.var(**over) + 1e-5)


@exercise(
    trials=_batches,
    tolerance=1e-4,
    hints=[
        "Each unit is a column of x with a mean and a variance of its own.",
        "x.var(axis=0, ddof=1) divides by n - 1. Add 1e-5; the root of that is the deviation.",
    ],
)
def normalise(x, gain, bias):
    """Normalise each column of the batch x to mean 0 and deviation 1, then scale and shift.

    The variance divides by n - 1, and 1e-5 is added to it.
    """
    normal = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0, ddof=1) + 1e-5)
    return gain * normal + bias


@normalise.mistake("Right where the numbers differ, but a column of equal numbers is divided by 0: add 1e-5.")
def _(x, gain, bias):
    with np.errstate(invalid="ignore"):
        return gain * (x - x.mean(axis=0)) / x.std(axis=0, ddof=1) + bias


@normalise.mistake("The variance is that of n, NumPy's default; here it divides by n - 1: var(axis=0, ddof=1).")
def _(x, gain, bias):
    return gain * (x - x.mean(axis=0)) / _deviation(x, axis=0) + bias


@normalise.mistake("The variance is that of n, NumPy's default, and 1e-5 is missing: var(axis=0, ddof=1) + 1e-5.")
def _(x, gain, bias):
    with np.errstate(invalid="ignore"):
        return gain * (x - x.mean(axis=0)) / x.std(axis=0) + bias


@normalise.mistake("You divide by the variance; the deviation is its square root.")
def _(x, gain, bias):
    return gain * (x - x.mean(axis=0)) / (x.var(axis=0, ddof=1) + 1e-5) + bias


@normalise.mistake(
    "You normalise each example over its units, as LayerNorm does; BatchNorm goes over the batch: axis 0."
)
def _(x, gain, bias):
    return gain * (x - x.mean(axis=1, keepdims=True)) / _deviation(x, axis=1, ddof=1, keepdims=True) + bias


@normalise.mistake("You use one mean and one deviation for all units; each column has its own: axis=0.")
def _(x, gain, bias):
    return gain * (x - x.mean()) / _deviation(x, ddof=1) + bias


@normalise.mistake("The mean is not subtracted.")
def _(x, gain, bias):
    return gain * x / _deviation(x, axis=0, ddof=1) + bias


@normalise.mistake("Scale first, then shift: gain * normal + bias, not gain * (normal + bias).")
def _(x, gain, bias):
    return gain * ((x - x.mean(axis=0)) / _deviation(x, axis=0, ddof=1) + bias)


def _trained_norms():
    rng = np.random.default_rng(3)
    statistics = [rng.normal(0, 1, 3).round(1) for _ in range(3)] + [rng.uniform(0.5, 4, 3).round(1)]
    # Square, so that a scale along the wrong axis gives wrong numbers and no error of shape.
    return [(rng.normal(0, 1, (3, 3)), *statistics), (rng.normal(0, 1, (3, 3)), *statistics)]


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


@fold.mistake("scale[:, None] scales the rows of weight, its inputs; each column, an output, has its own scale.")
def _(weight, gain, bias, mean, variance):
    scale = gain / np.sqrt(variance + 1e-5)
    return weight * scale[:, None], bias - mean * scale


@fold.mistake("The gain is missing: it belongs into the scale of both.")
def _(weight, gain, bias, mean, variance):
    scale = 1 / np.sqrt(variance + 1e-5)
    return weight * scale, bias - mean * scale


@fold.mistake("You divide by the variance; the deviation is its square root.")
def _(weight, gain, bias, mean, variance):
    scale = gain / (variance + 1e-5)
    return weight * scale, bias - mean * scale


@fold.mistake("The bias is added after scaling, so it stays as it is.")
def _(weight, gain, bias, mean, variance):
    scale = gain / np.sqrt(variance + 1e-5)
    return weight * scale, (bias - mean) * scale
