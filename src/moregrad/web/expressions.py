"""Expressions that are typed: arithmetic, names, and the functions of moregrad.scalar. Nothing else is ever called."""

import ast
import operator
from collections.abc import Callable
from typing import Any

from moregrad.configuration import shorten
from moregrad.errors import ScalarError
from moregrad.scalar import ops
from moregrad.scalar.value import Value

LONGEST = 2_000
"""Characters of a text."""
MOST = 60
"""Values of a graph; more are no picture."""

OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "abs": ops.absolute,
    **{
        name: getattr(ops, name)
        for name in ("exp", "log", "sqrt", "sin", "cos", "tanh", "sigmoid", "relu", "softplus", "gelu")
    },
    "max": ops.maximum,
    "min": ops.minimum,
}
ALLOWED = f"numbers, names, + - * / **, and {', '.join(FUNCTIONS)}"


def read(text: str) -> Value:
    """Returns the Value of the last line of `text`; the lines before it name Values, as in "a = 2" and "b = tanh(a)".

    Raises ScalarError for what is not allowed or not defined, with the line.
    """
    if len(text) > LONGEST:
        raise ScalarError(f"{len(text):,} characters; an expression may have {LONGEST:,}")
    try:
        lines = ast.parse(text.strip(), mode="exec").body
        return _Reader().read(lines)
    except SyntaxError as error:
        raise ScalarError(f"line {error.lineno or 1} cannot be read: {error.msg}; allowed are {ALLOWED}") from error
    except (ValueError, MemoryError, RecursionError, ArithmeticError) as error:
        if isinstance(error, ScalarError):
            raise
        raise ScalarError(f"this cannot be computed: {shorten(str(error))}; allowed are {ALLOWED}") from error


class _Reader:
    """Reads lines one after the other, each with the names of those before it."""

    def __init__(self) -> None:
        self.names: dict[str, Value] = {}
        self.made = 0

    def read(self, lines: list[ast.stmt]) -> Value:
        found = None
        for line in lines:
            match line:
                case ast.Assign(targets=[ast.Name(id=name)], value=expression):
                    found = self._name(name, self._evaluate(expression))
                case ast.Expr(value=expression):
                    found = self._evaluate(expression)
                case _:
                    raise self._refuse(line)
        if found is None:
            raise ScalarError("there is nothing to compute; type an expression, such as a = 2 and then a * a + 1")
        return found

    def _name(self, name: str, value: Value) -> Value:
        """Gives a Value its name; one that has a name already is another name's as well."""
        value.label = value.label or name
        self.names[name] = value
        return value

    def _evaluate(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=bool() | str() | bytes() | None):
                raise self._refuse(node)
            case ast.Constant(value=int() | float() as number):
                return self._count(Value(float(number)))
            case ast.Name(id=name):
                return self._look_up(name)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                return self._count(Value(-float(number)))
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as op, operand=operand):
                return self._count(OPERATORS[type(op)](self._evaluate(operand)))
            case ast.BinOp(left=left, op=ast.Pow(), right=right) if (exponent := _constant(right)) is not None:
                # A plain number as exponent allows bases below 0.
                return self._count(self._evaluate(left) ** exponent)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                return self._count(OPERATORS[type(op)](self._evaluate(left), self._evaluate(right)))
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
                return self._call(node, name, arguments)
            case ast.Call(func=ast.Attribute(value=value, attr=name), args=[], keywords=[]) if name in FUNCTIONS:
                return self._call(node, name, [value])
        raise self._refuse(node)

    def _call(self, node: ast.expr, name: str, arguments: list[ast.expr]) -> Value:
        several = name in ("max", "min")
        if not arguments or (len(arguments) > 1 and not several):
            taken = f"numbers, such as {name}(a, b)" if several else f"one number, such as {name}(a)"
            raise ScalarError(f"line {node.lineno}: {name} takes {taken}")
        return self._count(FUNCTIONS[name](*map(self._evaluate, arguments)))

    def _look_up(self, name: str) -> Value:
        if name not in self.names:
            known = f"there are {', '.join(self.names)}" if self.names else "there are no names yet"
            raise ScalarError(
                f"{shorten(name)} has no value before this; {known}: write {name[:20]} = 2 in a line above"
            )
        return self.names[name]

    def _count(self, value: Value) -> Value:
        self.made += 1
        if self.made > MOST:
            raise ScalarError(f"this has more than {MOST} values, for which there is no room in a picture")
        return value

    def _refuse(self, node: ast.stmt | ast.expr) -> ScalarError:
        return ScalarError(f"line {node.lineno}: {shorten(ast.unparse(node))} is not allowed; allowed are {ALLOWED}")


def _constant(node: ast.expr) -> float | None:
    match node:
        case ast.Constant(value=bool()):
            return None
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -float(number)
    return None
