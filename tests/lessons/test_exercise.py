"""Exercises, on ones made for the purpose."""

import math

import pytest

from moregrad.errors import ConfigurationError
from moregrad.lessons import exercise
from moregrad.scalar import Value


@exercise(trials=lambda: [(math.sin, 0.5), (math.exp, 1.0)], hints=["Take the difference first.", "Divide by h."])
def slope(f, x, h=1e-6):
    """Return the slope of f at x: the rise from x to x + h, divided by h."""
    return (f(x + h) - f(x)) / h


@slope.mistake("This is the rise alone; divide it by h.")
def _(f, x, h=1e-6):
    return f(x + h) - f(x)


@exercise(
    trials=lambda: [([Value(1.0), Value(2.0)],)],
    outcome=lambda arguments, result: [value.data for value in arguments[0]],
    hints=["Assign to data."],
)
def halve(values):
    """Halve the data of every Value."""
    for value in values:
        value.data /= 2


@exercise(hints=["There are 26 letters."])
def symbols():
    """How many symbols are there, the end of a name counted?"""
    return 27


@symbols.mistake("The end of a name is a symbol too.")
def _():
    return 26


def test_the_right_answer_is_correct():
    assert slope.check(slope.answer)
    assert slope.check(lambda f, x: (f(x + 1e-7) - f(x - 1e-7)) / 2e-7)
    assert symbols.check(27)


def test_an_answer_that_changes_its_arguments_is_judged_by_them():
    def in_place(values):
        for value in values:
            value.data *= 0.5

    assert halve.check(in_place)
    told = "has 2 wrong numbers of 2: the first, at 0, is 1; must be 0.5."
    assert repr(halve.check(lambda values: None)) == f"Not yet. halve([1.0, 2.0]) {told}"


def test_a_typical_mistake_is_recognised_and_shown():
    assert repr(slope.check(lambda f, x: f(x + 1e-6) - f(x))) == (
        "Not yet. This is the rise alone; divide it by h. (slope(sin, 0.5) is 8.7758232e-07; must be 0.87758232.)"
    )
    assert repr(symbols.check(26)) == ("Not yet. The end of a name is a symbol too. (Your answer is 26.)")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda f, x: 3, "Not yet. slope(sin, 0.5) is 3; must be 0.87758232."),
        (lambda f, x: None, "Not yet. slope(sin, 0.5) is None; a return is missing."),
        (lambda f, x: f(x, 1), "Not yet. slope(sin, 0.5) raises TypeError: math.sin() takes exactly one argument"),
        (0.5, "Not yet. Your answer is 0.5; it must be a function."),
        (..., "Not answered yet. Replace ... with your answer."),
        (lambda f, x: ..., "Not answered yet. Replace ... with your answer."),
    ],
)
def test_another_answer_is_told_what_it_gave(answer, told):
    message = slope.check(answer)
    assert not message
    assert repr(message).startswith(told)


def test_a_wrong_value_is_not_told_the_right_one():
    assert repr(symbols.check(99)) == "Not yet. Your answer is 99."


def test_hints_say_more_and_more():
    assert repr(slope.hint()) == "Hint. Take the difference first.\ntest_exercise.slope.hint(2) says more."
    assert repr(slope.hint(2)) == "Hint. Divide by h."
    with pytest.raises(ConfigurationError, match="hint 3: slope has hints 1 to 2; give one of them"):
        slope.hint(3)


def test_the_solution_is_the_program_without_its_decorator_and_its_task():
    assert repr(slope.solution()) == "Solution:\ndef slope(f, x, h=1e-6):\n    return (f(x + h) - f(x)) / h"


def test_an_exercise_says_what_to_do():
    assert repr(symbols).startswith("symbols: How many symbols are there, the end of a name counted?")
