"""Exercises of lesson 2: neurons, networks and the moons."""

import math

from moregrad.lessons.exercise import exercise
from moregrad.scalar import Value


@exercise(
    trials=lambda: [([2.0, 0.0], [-3.0, 1.0], 6.88), ([1.0, -2.0, 0.5], [0.2, 0.3, -1.4], 0.3)],
    hints=[
        "Multiply each input by its weight: zip(x, w) gives the pairs. Add everything up, and the bias.",
        "sum(xi * wi for xi, wi in zip(x, w)) + b is the sum. Then comes math.tanh.",
    ],
)
def neuron(x, w, b):
    """Return tanh of the weighted sum of the inputs x with the weights w and the bias b, all plain numbers."""
    return math.tanh(sum(xi * wi for xi, wi in zip(x, w, strict=True)) + b)


@neuron.mistake("The bias is missing: add b once to the sum.")
def _(x, w, b):
    return math.tanh(sum(xi * wi for xi, wi in zip(x, w, strict=True)))


@neuron.mistake("That is the weighted sum. Send it through math.tanh.")
def _(x, w, b):
    return sum(xi * wi for xi, wi in zip(x, w, strict=True)) + b


@neuron.mistake("The bias was added once for every input. Add it once, after the sum.")
def _(x, w, b):
    return math.tanh(sum(xi * wi + b for xi, wi in zip(x, w, strict=True)))


@neuron.mistake("Each product was sent through tanh. Add them up first, with the bias; the neuron has one bend.")
def _(x, w, b):
    return sum(math.tanh(xi * wi) for xi, wi in zip(x, w, strict=True)) + b


@neuron.mistake("The bias was added after tanh. It belongs inside.")
def _(x, w, b):
    return math.tanh(sum(xi * wi for xi, wi in zip(x, w, strict=True))) + b


@exercise(
    trials=lambda: [([3, 4, 4, 1],), ([2, 16, 16, 1],), ([5, 1],)],
    hints=[
        "A neuron has a weight for each input, and a bias. How many numbers is that?",
        "A layer of n neurons with m inputs has n * (m + 1) numbers.",
        "Add up the layers: m is sizes[i], and n is sizes[i + 1].",
    ],
)
def count_parameters(sizes):
    """Return how many weights and biases a network has, given its inputs and layers as a list: [3, 4, 4, 1]."""
    return sum((sizes[i] + 1) * sizes[i + 1] for i in range(len(sizes) - 1))


@count_parameters.mistake("Those are the weights alone. Each neuron has a bias too.")
def _(sizes):
    return sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1))


@count_parameters.mistake("One bias per layer is too few: each neuron has its own.")
def _(sizes):
    return sum(sizes[i] * sizes[i + 1] + 1 for i in range(len(sizes) - 1))


@count_parameters.mistake("The biases were counted by inputs. Each neuron has one, however many inputs it reads.")
def _(sizes):
    return sum(sizes[i] * sizes[i + 1] + sizes[i] for i in range(len(sizes) - 1))


@count_parameters.mistake("Inputs have no bias. Count one for each neuron only.")
def _(sizes):
    return sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1)) + sum(sizes)


def _parameters() -> list[tuple[list[Value], float]]:
    """Three parameters with gradients, and a learning rate."""
    parameters = [Value(2.0), Value(-1.0), Value(0.5)]
    for p, grad in zip(parameters, (3.0, -0.5, 0.0), strict=True):
        p.grad = grad
    return [(parameters, 0.1)]


@exercise(
    trials=_parameters,
    outcome=lambda arguments, result: [p.data for p in arguments[0]],
    hints=[
        "Loop over the parameters and change p.data.",
        "The gradient points uphill, and the loss should fall: subtract rate * p.grad.",
    ],
)
def step(parameters, rate):
    """Move every parameter one step downhill: change its data by rate times its gradient, against the gradient."""
    for p in parameters:
        p.data -= rate * p.grad


@step.mistake("That goes uphill. The gradient says where the loss grows; subtract.")
def _(parameters, rate):
    for p in parameters:
        p.data += rate * p.grad


@step.mistake("The whole gradient was subtracted. Multiply it by the rate.")
def _(parameters, rate):
    for p in parameters:
        p.data -= p.grad


@step.mistake("The parameters are what they were. Assign to p.data, for every p.")
def _(parameters, rate):
    for p in parameters:
        p = p - rate * p.grad


@step.mistake("The old number is lost. Subtract from p.data with -=.")
def _(parameters, rate):
    for p in parameters:
        p.data = -rate * p.grad


@exercise(
    trials=lambda: [
        ([0.3, -2.0, 1.5], [1, 1, -1]),
        ([2.0, -1.0, 0.5, 0.0], [1, -1, -1, 1]),
        ([3.0, -4.0, 0.5], [1, -1, 1]),
    ],
    hints=[
        "For one point, what is missing to a margin of 1 is 1 - target * score.",
        "If that is below 0, the point is far enough on its side and costs nothing: max(0, ...).",
        "Take the mean over all points.",
    ],
)
def hinge_loss(scores, targets):
    """Return the mean of max(0, 1 - target * score) over all points; targets are 1 or -1, all are plain numbers."""
    return sum(max(0, 1 - target * score) for score, target in zip(scores, targets, strict=True)) / len(scores)


@hinge_loss.mistake("Points that are right by a wide margin make the loss smaller here. Let them cost 0, with max.")
def _(scores, targets):
    return sum(1 - target * score for score, target in zip(scores, targets, strict=True)) / len(scores)


@hinge_loss.mistake("The maximum of 0 was taken of the whole sum. Take it for each point, before you add up.")
def _(scores, targets):
    return max(0, sum(1 - target * score for score, target in zip(scores, targets, strict=True))) / len(scores)


@hinge_loss.mistake(
    "The target is missing: for a point of kind -1 the score should be below 0. It is 1 - target * score."
)
def _(scores, targets):
    return sum(max(0, 1 - score) for score in scores) / len(scores)


@hinge_loss.mistake("That is the sum over the points. Divide it by their number.")
def _(scores, targets):
    return sum(max(0, 1 - target * score) for score, target in zip(scores, targets, strict=True))


@hinge_loss.mistake("The margin is missing: a point that is barely right must still cost something. Start from 1.")
def _(scores, targets):
    return sum(max(0, -target * score) for score, target in zip(scores, targets, strict=True)) / len(scores)


@hinge_loss.mistake("The sign is wrong: right points cost more than wrong ones. It is 1 - target * score.")
def _(scores, targets):
    return sum(max(0, 1 + target * score) for score, target in zip(scores, targets, strict=True)) / len(scores)


@exercise(
    trials=lambda: [([0.3, -2.0, 1.5], [1, 1, -1]), ([2.0, -1.0, 0.5, -0.1], [1, -1, -1, -1])],
    hints=[
        "A point is right if its score and its target have the same sign.",
        "(score > 0) == (target > 0) is True for a right point. sum counts True as 1.",
    ],
)
def accuracy(scores, targets):
    """Return the share of points, from 0 to 1, whose score is above 0 just where the target is 1."""
    right = sum((score > 0) == (target > 0) for score, target in zip(scores, targets, strict=True))
    return right / len(scores)


@accuracy.mistake("That is the number of right points. Divide it by the number of all points.")
def _(scores, targets):
    return sum((score > 0) == (target > 0) for score, target in zip(scores, targets, strict=True))


@accuracy.mistake("That is a percentage; a share goes from 0 to 1.")
def _(scores, targets):
    return 100 * accuracy.answer(scores, targets)


@accuracy.mistake("That is the share of wrong points.")
def _(scores, targets):
    return 1 - accuracy.answer(scores, targets)


@accuracy.mistake("A score need not equal the target. Compare their signs.")
def _(scores, targets):
    return sum(score == target for score, target in zip(scores, targets, strict=True)) / len(scores)
