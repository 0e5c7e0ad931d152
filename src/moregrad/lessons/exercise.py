"""Exercises: a right answer, wrong ones that learners give, and a check that tells them apart.

    @exercise(trials=lambda: [(math.sin, 0.5), (math.exp, 1.0)], hints=["Take the difference first."])
    def slope(f, x, h=1e-6):
        '''Return the slope of f at x: the rise from x to x + h, divided by h.'''
        return (f(x + h) - f(x)) / h

    @slope.mistake("This is the rise alone; divide it by h.")
    def _(f, x, h=1e-6):
        return f(x + h) - f(x)

`slope` is now an Exercise: `slope.check(mine)`, `slope.hint()` and `slope.solution()` are what a learner calls.
"""

import ast
import inspect
from collections.abc import Callable, Iterable, Sequence
from textwrap import dedent
from typing import Any

from moregrad.errors import ConfigurationError
from moregrad.lessons.agreement import describe, find_difference
from moregrad.lessons.message import Message

Trials = Callable[[], Iterable[tuple[Any, ...]]]
Outcome = Callable[[tuple[Any, ...], Any], Any]
Mistake = tuple[str, Callable[..., Any]]


class Exercise:
    """A task with its right answer, which is a function that is tried, or a value.

    The docstring of the right answer is the task. `trials` makes the arguments of each try anew, since an answer may
    change them; without trials the answer is the value that the right answer returns. `outcome` chooses what of a try
    counts, given the arguments after the call and what it returned: by default the latter.
    """

    def __init__(
        self,
        answer: Callable[..., Any],
        *,
        hints: Sequence[str],
        trials: Trials | None,
        outcome: Outcome | None,
        tolerance: float,
    ) -> None:
        self.answer = answer
        self.name = answer.__name__
        self.path = f"{answer.__module__.rpartition('.')[2]}.{self.name}"
        self.task = inspect.getdoc(answer) or ""
        self.hints = tuple(hints)
        self.mistakes: list[Mistake] = []
        self._trials, self._outcome, self._tolerance = trials, outcome or (lambda arguments, result: result), tolerance

    @property
    def is_function(self) -> bool:
        """True if the answer is a function, which is tried; False if it is a value."""
        return self._trials is not None

    def mistake(self, message: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Decorates a wrong answer; an answer that gives what it gives is told `message`."""

        def add(wrong: Callable[..., Any]) -> Callable[..., Any]:
            self.mistakes.append((message, wrong))
            return wrong

        return add

    def check(self, answer: Any = ...) -> Message:
        """Tells whether `answer` is right and, if it is not, what was given and what is wrong with it."""
        if answer is ...:
            return Message("unanswered", f"Replace ... with your answer. {self.task}")
        if self._trials is None:
            return self._judge([answer])
        if not callable(answer):
            return Message("wrong", f"Your answer is {describe(answer)}; it must be a function.")
        given = []
        for arguments in self._trials():
            called = _call(self.name, arguments)
            try:
                result = answer(*arguments)
                if result is ...:
                    return Message("unanswered", f"Replace ... with your answer. {self.task}")
                given.append(self._outcome(arguments, result))
            except Exception as error:
                return Message("wrong", f"{called} raises {type(error).__name__}: {error}")
        return self._judge(given)

    def hint(self, number: int = 1) -> Message:
        """Shows hint `number`, counted from 1; each says more than the one before."""
        if not 1 <= number <= len(self.hints):
            raise ConfigurationError(f"hint {number}: {self.name} has hints 1 to {len(self.hints)}; give one of them")
        more = f"\n{self.path}.hint({number + 1}) says more." if number < len(self.hints) else ""
        return Message("hint", self.hints[number - 1] + more)

    def solution(self) -> Message:
        """Shows the right answer as a program, without the task."""
        return Message("solution", _source(self.answer))

    def __repr__(self) -> str:
        return f"{self.name}: {self.task}\nIt has check(answer), hint() and solution()."

    def _judge(self, given: list[Any]) -> Message:
        right = self._results(self.answer)
        found = self._find_difference(given, right)
        if not found:
            return Message("correct")
        if self._trials is None:  # What must come out would be the solution.
            found = f"Your answer is {describe(given[0])}"
        for message, wrong in self.mistakes:
            if not self._find_difference(given, self._results(wrong)):
                return Message("wrong", f"{message} ({found}.)")
        return Message("wrong", f"{found}.")

    def _results(self, answer: Callable[..., Any]) -> list[Any]:
        if self._trials is None:
            return [answer()]
        return [self._outcome(arguments, answer(*arguments)) for arguments in self._trials()]

    def _find_difference(self, given: list[Any], expected: list[Any]) -> str:
        calls = ["Your answer"] if self._trials is None else [_call(self.name, each) for each in self._trials()]
        for call, mine, right in zip(calls, given, expected, strict=True):
            if found := find_difference(mine, right, self._tolerance):
                return f"{call} {found}"
        return ""


def exercise(
    *,
    hints: Sequence[str],
    trials: Trials | None = None,
    outcome: Outcome | None = None,
    tolerance: float = 1e-6,
) -> Callable[[Callable[..., Any]], Exercise]:
    """Makes an Exercise of the right answer that it decorates."""
    return lambda answer: Exercise(answer, hints=hints, trials=trials, outcome=outcome, tolerance=tolerance)


def _call(name: str, arguments: tuple[Any, ...]) -> str:
    return f"{name}({', '.join(map(describe, arguments))})"


def _source(function: Callable[..., Any]) -> str:
    """Returns the source of `function` without its decorators and its docstring."""
    source = dedent(inspect.getsource(function))
    (definition,) = ast.parse(source).body
    assert isinstance(definition, ast.FunctionDef)
    lines = source.splitlines()
    first, *rest = definition.body
    if rest and ast.get_docstring(definition) is not None:
        del lines[first.lineno - 1 : first.end_lineno]
    return "\n".join(lines[definition.lineno - 1 :])
