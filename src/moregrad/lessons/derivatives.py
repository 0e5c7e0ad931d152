"""Exercises of lesson 1: derivatives and the scalar engine."""

import math

from moregrad.lessons.exercise import exercise


@exercise(
    trials=lambda: [(math.sin, 0.5), (math.exp, 1.0), (lambda x: x * x, -3.0)],
    hints=[
        "How much does f rise when x grows by h? Subtract two values of f.",
        "Divide that rise by the distance h: (f(x + h) - f(x)) / h.",
    ],
    tolerance=1e-4,
)
def slope(f, x, h=1e-6):
    """Return the slope of f at x: the rise of f from x to x + h, divided by h."""
    return (f(x + h) - f(x)) / h


@slope.mistake("That is the rise alone. A slope is the rise divided by the distance h.")
def _(f, x, h=1e-6):
    return f(x + h) - f(x)


@slope.mistake("The slope has the wrong sign: subtract the value at x from the value at x + h.")
def _(f, x, h=1e-6):
    return (f(x) - f(x + h)) / h
