"""Exercises of lesson 9: from WaveNet to dilated convolutions."""

import numpy as np

from moregrad.lessons.exercise import exercise


def _normal(*shape, seed=0):
    """Numbers that are the same at every call."""
    return np.random.default_rng(seed).normal(size=shape)


@exercise(
    trials=lambda: [(_normal(2, 6, 3), 2), (_normal(2, 6, 3), 3)],
    hints=[
        "Neighbours along time lie next to one another in memory. No number has to move, only the shape changes.",
        "The new shape is (batch, time // count, size * count); reshape takes it.",
    ],
)
def flatten_consecutive(x, count):
    """Join each `count` neighbours along time: x [batch time size] becomes [batch time/count size*count]."""
    batch, time, size = x.shape
    return x.reshape(batch, time // count, size * count)


@flatten_consecutive.mistake("The shape is right for another network: this joins all of time at once.")
def _(x, count):
    return x.reshape(len(x), 1, -1)


@flatten_consecutive.mistake("This leaves `count` vectors; join `count` of them, so that time / count are left.")
def _(x, count):
    return x.reshape(len(x), count, -1)


@flatten_consecutive.mistake("The shape is right, but distant vectors are joined, not neighbours.")
def _(x, count):
    return np.concatenate(np.split(x, count, axis=1), axis=-1)


@flatten_consecutive.mistake("The neighbours are joined backwards: the older vector comes first.")
def _(x, count):
    batch, time, size = x.shape
    return x.reshape(batch, time // count, count, size)[:, :, ::-1].reshape(batch, time // count, size * count)


@exercise(
    trials=lambda: [(_normal(4, 3, 2),), (5 + 2 * _normal(8, 2, 3),)],
    hints=[
        "A unit is the last axis. Every other axis counts how often the unit was seen.",
        "mean and var take a tuple of axes: x.mean((0, 1)).",
    ],
)
def normalise(x, epsilon=1e-5):
    """Normalise each unit of x [batch time unit] to mean 0 and deviation 1 over batch and time.

    The variance divides by n - 1, and epsilon is added to it before the root.
    """
    mean, variance = x.mean((0, 1)), x.var((0, 1), ddof=1)
    return (x - mean) / np.sqrt(variance + epsilon)


@normalise.mistake("This averages over the batch only: each position keeps a mean and a variance of its own.")
def _(x, epsilon=1e-5):
    return (x - x.mean(0)) / np.sqrt(x.var(0, ddof=1) + epsilon)


@normalise.mistake("This averages over the units as well; each unit has a mean and a variance of its own.")
def _(x, epsilon=1e-5):
    return (x - x.mean()) / np.sqrt(x.var(ddof=1) + epsilon)


@normalise.mistake("The variance is divided by n. Here it is divided by n - 1: ddof=1.")
def _(x, epsilon=1e-5):
    return (x - x.mean((0, 1))) / np.sqrt(x.var((0, 1)) + epsilon)


@normalise.mistake("std divides by n and has no epsilon: take var with ddof=1, add epsilon, then take the root.")
def _(x, epsilon=1e-5):
    return (x - x.mean((0, 1))) / x.std((0, 1))


@normalise.mistake("Epsilon is missing: it is added to the variance before the root.")
def _(x, epsilon=1e-5):
    return (x - x.mean((0, 1))) / x.std((0, 1), ddof=1)


@normalise.mistake("Epsilon comes after the root: add it to the variance, then take the root.")
def _(x, epsilon=1e-5):
    return (x - x.mean((0, 1))) / (x.std((0, 1), ddof=1) + epsilon)


@normalise.mistake("The mean is not subtracted.")
def _(x, epsilon=1e-5):
    return x / np.sqrt(x.var((0, 1), ddof=1) + epsilon)


@normalise.mistake("This divides by the variance; divide by its root, the deviation.")
def _(x, epsilon=1e-5):
    return (x - x.mean((0, 1))) / (x.var((0, 1), ddof=1) + epsilon)


@exercise(
    trials=lambda: [(3, 10, 68, 27), (3, 24, 128, 27), (1, 4, 8, 5)],
    hints=[
        "Add up: the table, the matrices of the levels, a gain and a bias for each BatchNorm, the last layer.",
        "The first matrix has 2 * embedding rows, every other one has 2 * hidden. Only the last layer has a bias.",
    ],
)
def count_parameters(levels, embedding, hidden, vocab):
    """Count the parameters of the network that joins neighbours two by two, `levels` times.

    The linear layers have no bias but the last one; each of the others is followed by a BatchNorm with gain and bias.
    """
    table = vocab * embedding
    matrices = 2 * embedding * hidden + (levels - 1) * 2 * hidden * hidden
    norms = levels * 2 * hidden
    return table + matrices + norms + hidden * vocab + vocab


@count_parameters.mistake("The gains and biases of the BatchNorms are missing.")
def _(levels, embedding, hidden, vocab):
    return vocab * embedding + 2 * hidden * (embedding + (levels - 1) * hidden) + hidden * vocab + vocab


@count_parameters.mistake("The table is missing: a vector for each character, learned like the rest.")
def _(levels, embedding, hidden, vocab):
    return 2 * hidden * (embedding + (levels - 1) * hidden + levels) + hidden * vocab + vocab


@count_parameters.mistake("The first level joins vectors of characters: its matrix has 2 * embedding rows.")
def _(levels, embedding, hidden, vocab):
    return vocab * embedding + 2 * hidden * levels * (hidden + 1) + hidden * vocab + vocab


@count_parameters.mistake("The linear layers before BatchNorm have no bias; it would be subtracted with the mean.")
def _(levels, embedding, hidden, vocab):
    return vocab * embedding + hidden * (2 * embedding + 2 * (levels - 1) * hidden + 3 * levels + vocab) + vocab


@count_parameters.mistake("The bias of the last layer is missing.")
def _(levels, embedding, hidden, vocab):
    return vocab * embedding + 2 * hidden * (embedding + (levels - 1) * hidden + levels) + hidden * vocab


@count_parameters.mistake("Each matrix reads two vectors joined: it has twice as many rows.")
def _(levels, embedding, hidden, vocab):
    return vocab * embedding + hidden * (embedding + (levels - 1) * hidden + 2 * levels) + hidden * vocab + vocab


@exercise(
    trials=lambda: [([1], 2), ([1, 2, 4], 2), ([1, 3, 9], 3), ([1, 1, 1], 5)],
    hints=[
        "Begin with no layer: one position is seen. By how much does a layer lengthen what is seen?",
        "A layer reads kernel_size positions, dilation apart: it reaches (kernel_size - 1) * dilation further back.",
    ],
)
def receptive_field(dilations, kernel_size):
    """How many positions, the present one counted, does a stack of causal convolutions see?"""
    return 1 + sum((kernel_size - 1) * dilation for dilation in dilations)


@receptive_field.mistake("This is how far back the stack reaches; the present position counts too.")
def _(dilations, kernel_size):
    return sum((kernel_size - 1) * dilation for dilation in dilations)


@receptive_field.mistake("Neighbouring layers share a position: each adds kernel_size - 1 times its dilation.")
def _(dilations, kernel_size):
    return sum(kernel_size * dilation for dilation in dilations)


@receptive_field.mistake("This is right for kernel_size 2 alone: each layer reaches (kernel_size - 1) * dilation back.")
def _(dilations, kernel_size):
    return 1 + sum(dilations)


@receptive_field.mistake("The dilations are left out: a layer with dilation 4 reaches four times as far as one with 1.")
def _(dilations, kernel_size):
    return 1 + len(dilations) * (kernel_size - 1)


@exercise(
    trials=lambda: [(_normal(6, 2), _normal(4, 3, seed=1), dilation) for dilation in (1, 2)],
    hints=[
        "Make a copy of x that lags behind: put `dilation` rows of zeros before it and drop as many at its end.",
        "Join the lagging copy and x along the last axis, the older one first, and multiply by the weight.",
    ],
)
def convolve(x, weight, dilation):
    """Return, at each position t of x [time size], the row (x[t - dilation], x[t]) times weight; zeros before the row.

    `dilation` is less than the number of positions.
    """
    past = np.concatenate([np.zeros((dilation, x.shape[1])), x[:-dilation]])
    return np.concatenate([past, x], axis=1) @ weight


@convolve.mistake("This looks ahead: position t reads t + dilation, which is not known yet when t + 1 is predicted.")
def _(x, weight, dilation):
    future = np.concatenate([x[dilation:], np.zeros((dilation, x.shape[1]))])
    return np.concatenate([x, future], axis=1) @ weight


@convolve.mistake("The present comes before the past: the older vector is multiplied by the first rows of the weight.")
def _(x, weight, dilation):
    past = np.concatenate([np.zeros((dilation, x.shape[1])), x[:-dilation]])
    return np.concatenate([x, past], axis=1) @ weight


@convolve.mistake("The dilation is left out: this always reads the position just before.")
def _(x, weight, dilation):
    past = np.concatenate([np.zeros((1, x.shape[1])), x[:-1]])
    return np.concatenate([past, x], axis=1) @ weight


@convolve.mistake("The first positions are left out: before the row there are zeros, and every position has a result.")
def _(x, weight, dilation):
    return np.concatenate([x[:-dilation], x[dilation:]], axis=1) @ weight


@convolve.mistake("The end of the row comes back at its beginning (np.roll, a negative index). Put zeros there.")
def _(x, weight, dilation):
    return np.concatenate([np.roll(x, dilation, axis=0), x], axis=1) @ weight


@exercise(
    trials=lambda: [(_normal(3, 4),), (_normal(2, 3, 6),)],
    hints=[
        "np.split(x, 2, axis=-1) gives both halves. The first is the value, the second the gate.",
        "The sigmoid of g is 1 / (1 + np.exp(-g)): between 0, closed, and 1, open.",
    ],
)
def gate(x):
    """Return the tanh of the first half of the last axis of x times the sigmoid of the second half."""
    value, switch = np.split(x, 2, axis=-1)
    return np.tanh(value) / (1 + np.exp(-switch))


@gate.mistake("The halves have changed places: the first is the value, the second the gate.")
def _(x):
    switch, value = np.split(x, 2, axis=-1)
    return np.tanh(value) / (1 + np.exp(-switch))


@gate.mistake("The value is missing its tanh.")
def _(x):
    value, switch = np.split(x, 2, axis=-1)
    return value / (1 + np.exp(-switch))


@gate.mistake("The sigmoid of g is 1 / (1 + exp(-g)); without the minus the gate is closed where it should be open.")
def _(x):
    value, switch = np.split(x, 2, axis=-1)
    return np.tanh(value) / (1 + np.exp(switch))


@gate.mistake("The gate is missing its sigmoid: it must lie between 0 and 1.")
def _(x):
    value, switch = np.split(x, 2, axis=-1)
    return np.tanh(value) * switch


@gate.mistake("The gate goes through a tanh as well; a tanh lies between -1 and 1, a gate between 0 and 1.")
def _(x):
    value, switch = np.split(x, 2, axis=-1)
    return np.tanh(value) * np.tanh(switch)
