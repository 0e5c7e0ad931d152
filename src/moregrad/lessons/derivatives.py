"""Exercises of lesson 1: derivatives and the scalar engine."""

import math
from collections.abc import Iterator

from moregrad.lessons.exercise import exercise
from moregrad.scalar import Value
from moregrad.scalar.graph import order


@exercise(
    trials=lambda: [(math.sin, 0.5, 0.1), (math.exp, 1.0, 0.1), (math.sqrt, 4.0, 0.5)],
    hints=[
        "How much does f rise when x grows by h? Subtract the value at x from the value at x + h.",
        "Divide that rise by h: (f(x + h) - f(x)) / h. Mind the parentheses.",
    ],
)
def slope(f, x, h=1e-6):
    """Return the slope of f at x: the rise of f from x to x + h, divided by h."""
    return (f(x + h) - f(x)) / h


@slope.mistake("That is the rise alone. A slope is the rise divided by the step h.")
def _(f, x, h=1e-6):
    return f(x + h) - f(x)


@slope.mistake("The sign is wrong: subtract the value at x from the value at x + h.")
def _(f, x, h=1e-6):
    return (f(x) - f(x + h)) / h


@slope.mistake("Only f(x) was divided by h. Put the difference in parentheses.")
def _(f, x, h=1e-6):
    return f(x + h) - f(x) / h


@slope.mistake("The rise was divided by x. Divide it by the step h.")
def _(f, x, h=1e-6):
    return (f(x + h) - f(x)) / x


@slope.mistake("That is the slope between x - h and x + h, the next exercise. Here the step goes from x to x + h.")
def _(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)


@exercise(
    trials=lambda: [(math.sin, 0.5, 0.1), (math.exp, 1.0, 0.1), (math.sqrt, 4.0, 0.5)],
    hints=[
        "You need f at two points, x + h and x - h.",
        "How far apart are the two points? Divide by that distance.",
        "The distance is 2 * h.",
    ],
)
def central_slope(f, x, h):
    """Return the slope of f between x - h and x + h."""
    return (f(x + h) - f(x - h)) / (2 * h)


@central_slope.mistake("The points x - h and x + h are 2 * h apart; you divided by h.")
def _(f, x, h):
    return (f(x + h) - f(x - h)) / h


@central_slope.mistake("That is the slope between x and x + h. Take the other point at x - h.")
def _(f, x, h):
    return (f(x + h) - f(x)) / h


@central_slope.mistake("The sign is wrong: subtract the value at x - h from the value at x + h.")
def _(f, x, h):
    return (f(x - h) - f(x + h)) / (2 * h)


@central_slope.mistake("You divided by 2. The points x - h and x + h are 2 * h apart.")
def _(f, x, h):
    return (f(x + h) - f(x - h)) / 2


@central_slope.mistake("Python divides by 2 and then multiplies by h. Put 2 * h in parentheses.")
def _(f, x, h):
    return (f(x + h) - f(x - h)) / 2 * h


@exercise(
    trials=lambda: [(0.0,), (1.0,), (-2.0,)],
    hints=[
        "Call the inner part u: y = u**2 and u = 3*x + 1. What is the derivative of y by u, and that of u by x?",
        "They are 2*u and 3. The chain rule multiplies them.",
    ],
)
def chained(x):
    """Return the derivative of y = (3*x + 1)**2 by x, for any x."""
    return 2 * (3 * x + 1) * 3


@chained.mistake("You have the derivative of y by u = 3*x + 1. Multiply it by the derivative of u by x.")
def _(x):
    return 2 * (3 * x + 1)


@chained.mistake("Only 3*x was multiplied. Put u = 3*x + 1 in parentheses.")
def _(x):
    return 2 * 3 * x + 1


@chained.mistake("The derivative of u**2 is 2*u, not u**2. Multiply it by the derivative of u by x.")
def _(x):
    return 3 * (3 * x + 1) ** 2


@chained.mistake("That is y itself, not its derivative.")
def _(x):
    return (3 * x + 1) ** 2


@chained.mistake("The derivatives along a path are multiplied; you added them.")
def _(x):
    return 2 * (3 * x + 1) + 3


@exercise(
    trials=lambda: [(1.0, 2.0), (-3.0, 4.0), (5.0, -0.5)],
    hints=[
        "If only x changes, x / y is x times the fixed number 1 / y. What is its slope?",
        "If only y changes by h, the rise is x / (y + h) - x / y. Bring both over one denominator and divide by h.",
        "That gives -x / (y * (y + h)). Let h become 0.",
    ],
)
def quotient_partials(x, y):
    """Return a tuple of two numbers: the derivative of x / y by x, and the derivative of x / y by y."""
    return 1 / y, -x / y**2


@quotient_partials.mistake("The second derivative has the wrong sign: x / y falls as y grows, if x and y are above 0.")
def _(x, y):
    return 1 / y, x / y**2


@quotient_partials.mistake("The second derivative does not know x. Doubling x doubles x / y, and so its slope.")
def _(x, y):
    return 1 / y, -1 / y**2


@quotient_partials.mistake("The second derivative is not 1 / x. Let y grow by h in x / y and divide the rise by h.")
def _(x, y):
    return 1 / y, 1 / x


@quotient_partials.mistake(
    "In the second derivative y counts twice: the rise is x / (y + h) - x / y = -x * h / (y * (y + h))."
)
def _(x, y):
    return 1 / y, -x / y


@quotient_partials.mistake("The two are in the wrong order: the derivative by x comes first.")
def _(x, y):
    return -x / y**2, 1 / y


@quotient_partials.mistake("Those are the derivatives of the product x * y.")
def _(x, y):
    return y, x


def _label(**nodes: Value) -> list[Value]:
    """Gives the nodes their names and returns the graph of the last one in order."""
    for label, node in nodes.items():
        node.label = label
    *_, last = nodes.values()
    return order(last)


def _graphs() -> Iterator[tuple[list[Value]]]:
    """Three graphs in order: that of L in the lesson, and two with a number that is used twice."""
    a, b, c, f = Value(2.0), Value(-3.0), Value(10.0), Value(-2.0)
    e = a * b
    d = e + c
    yield (_label(a=a, b=b, c=c, f=f, e=e, d=d, L=d * f),)
    a = Value(3.0)
    yield (_label(a=a, b=a + a),)
    a = Value(2.0)
    b = a * a
    yield (_label(a=a, b=b, c=b * b + b),)


def _derivatives(nodes: list[Value]) -> dict[str, float]:
    """The gradients of the nodes that have names, as dL/da."""
    return {f"d{nodes[-1].label}/d{node.label}": node.grad for node in nodes if node.label}


@exercise(
    trials=_graphs,
    outcome=lambda arguments, result: _derivatives(arguments[0]),
    hints=[
        "The last node is the result. Its derivative by itself is 1: set its grad before you start.",
        "Go through reversed(nodes). At each node, loop over zip(node.inputs, node.partials).",
        "Each input receives partial * node.grad, on top of what it has received before.",
    ],
)
def sweep(nodes):
    """Give every node of the list its gradient. The list is in the order of computation, with the result last."""
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for x, partial in zip(node.inputs, node.partials, strict=True):
            x.grad += partial * node.grad


@sweep.mistake("A number that is used twice keeps only one of its shares. Add shares with +=.")
def _(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for x, partial in zip(node.inputs, node.partials, strict=True):
            x.grad = partial * node.grad


@sweep.mistake("All gradients are 0. Set the gradient of the result, nodes[-1].grad, to 1 first.")
def _(nodes):
    for node in reversed(nodes):
        for x, partial in zip(node.inputs, node.partials, strict=True):
            x.grad += partial * node.grad


@sweep.mistake("Nodes passed on their gradients before they had them. Go through the list in reverse.")
def _(nodes):
    nodes[-1].grad = 1.0
    for node in nodes:
        for x, partial in zip(node.inputs, node.partials, strict=True):
            x.grad += partial * node.grad


@sweep.mistake(
    "Gradients were passed on as they are. Multiply each by the partial derivative of the node by its input."
)
def _(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for x in node.inputs:
            x.grad += node.grad


@sweep.mistake("The partial derivatives were passed on as they are. Multiply each by the gradient of the node.")
def _(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for x, partial in zip(node.inputs, node.partials, strict=True):
            x.grad += partial
