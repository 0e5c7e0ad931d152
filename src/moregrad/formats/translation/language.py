"""Programs as text: the parts that both languages share; those that differ are in the tables of each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from moregrad.errors import ModelError
from moregrad.formats.translation.expressions import CONSTANT, NAME, READ, Expression
from moregrad.formats.translation.program import Assign, Declare, For, If, LeaveUnless, Let, Loop, Statement, Store

COMPARISONS = {
    "and": "{0} & {1}",
    "or": "{0} | {1}",
    "xor": "{0} ^ {1}",
    "max": "{0} | {1}",
    "min": "{0} & {1}",
    "not": "{0} ? 0 : 1",
    "eq": "{0} == {1}",
    "ne": "{0} != {1}",
    "lt": "{0} < {1}",
    "le": "{0} <= {1}",
    "gt": "{0} > {1}",
    "ge": "{0} >= {1}",
}
"""Operations that give truth values, which both languages write alike."""


class Helpers(dict[str, str]):
    """Functions that programs call, by name."""

    def called(self, text: str) -> list[str]:
        """Returns those that `text` calls, and those that they call."""
        found: list[str] = []
        for name, code in reversed(self.items()):
            if any(f"{name}(" in each for each in (text, *found)):
                found.append(code)
        return found[::-1]


@dataclass(frozen=True)
class Language:
    """A language with loops in curly braces.

    `operations` has for each type the operations that give it, `wrapped` what makes their results numbers of the type.
    `constant` begins the declaration of what does not change, `variable` that of what does.
    """

    operations: Mapping[str, Mapping[str, str]]
    wrapped: Mapping[str, str]
    literal: Callable[[float, str], str]
    convert: Callable[[str, str, str], str]
    constant: Callable[[str], str]
    variable: Callable[[str], str]

    def expression(self, expression: Expression) -> str:
        """Returns an expression in this language."""
        if expression.op == CONSTANT:
            return self.literal(expression.value, expression.dtype)
        if expression.op == NAME:
            return expression.value
        arguments = [self.expression(each) for each in expression.arguments]
        if expression.op == READ:
            return f"{expression.value.name}[{arguments[0]}]"
        if expression.op == "select":
            return "({} ? {} : {})".format(*arguments)
        if expression.op == "convert":
            return self.convert(arguments[0], expression.arguments[0].dtype, expression.dtype)
        if expression.op not in self.operations[expression.dtype]:
            raise ModelError(f"the model computes {expression.op} of {expression.dtype}, which cannot be translated")
        written = self.operations[expression.dtype][expression.op].format(*arguments)
        return self.wrapped[expression.dtype].format(written)

    def lines(self, body: list[Statement], indent: str = "") -> Iterator[str]:
        """Yields the lines of `body`."""
        for statement in body:
            yield from (indent + line for line in self._statement(statement))

    def _statement(self, statement: Statement) -> Iterator[str]:
        match statement:
            case Let(variable, value):
                yield f"{self.constant(variable.dtype)} {variable.value} = {self.expression(value)};"
            case Declare(variable, value):
                yield f"{self.variable(variable.dtype)} {variable.value} = {self.expression(value)};"
            case Assign(variable, value):
                yield f"{variable.value} = {self.expression(value)};"
            case Store(buffer, index, value):
                yield f"{buffer.name}[{self.expression(index)}] = {self.expression(value)};"
            case For(variable, extent, body):
                counter = variable.value
                yield f"for ({self.variable(variable.dtype)} {counter} = 0; {counter} < {extent}; ++{counter}) {{"
                yield from self.lines(body, " ")
                yield "}"
            case Loop(body):
                yield "for (;;) {"
                yield from self.lines(body, " ")
                yield "}"
            case LeaveUnless(condition):
                yield f"if (!{self.expression(condition)}) break;"
            case If(condition, body, otherwise):
                yield f"if ({self.expression(condition)}) {{"
                yield from self.lines(body, " ")
                if otherwise:
                    yield "} else {"
                    yield from self.lines(otherwise, " ")
                yield "}"
