"""Loop-invariant expressions move before their loop, and common ones are computed once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

from moregrad.formats.translation.expressions import Expression
from moregrad.formats.translation.program import (
    Assign,
    Buffer,
    Declare,
    For,
    If,
    LeaveUnless,
    Let,
    Loop,
    Program,
    Statement,
    Store,
    statements,
)

Visit = Callable[[Expression], Expression]


def optimize(program: Program) -> list[Statement]:
    """Returns the body of `program` with less work in its loops."""
    return _prune(_share(program, _hoist(program, program.body)))


def _hoist(program: Program, body: list[Statement]) -> list[Statement]:
    """Moves expressions in front of the loops that do not change them.

    Every index lies within its array, so no harm is done where a loop runs not at all.
    """
    result: list[Statement] = []
    for statement in body:
        statement = _with_blocks(statement, lambda block: _hoist(program, block))
        result += _out_of(program, statement) if isinstance(statement, For) else [statement]
    return result


def _out_of(program: Program, loop: For) -> list[Statement]:
    inside = list(statements(loop.body))
    stored = {each.buffer for each in inside if isinstance(each, Store)}
    changing = {each.variable.value for each in inside if isinstance(each, Let | Declare | For)} | {loop.variable.value}
    seen: dict[Expression, Expression] = {}
    before: list[Statement] = []
    body: list[Statement] = []

    def fixed(expression: Expression) -> bool:
        return not (expression.names & changing or expression.arrays & stored)

    def visit(expression: Expression) -> Expression:
        if expression.is_leaf:
            return expression
        if expression not in seen:
            if fixed(expression):
                seen[expression] = program.variable(expression.dtype)
                before.append(Let(seen[expression], expression))
            else:
                seen[expression] = expression.with_arguments(map(visit, expression.arguments))
        return seen[expression]

    for statement in loop.body:
        if isinstance(statement, Let) and fixed(statement.value):
            changing.remove(statement.variable.value)
            before.append(statement)
        else:
            body.append(_mapped(statement, visit))
    return [*before, replace(loop, body=body)]


def _share(program: Program, body: list[Statement]) -> list[Statement]:
    """Names expressions that a statement, or several assignments in a row, have more than once."""
    result: list[Statement] = []
    for assigns, group in groupby(body, lambda statement: isinstance(statement, Assign)):
        for row in [list(group)] if assigns else [[each] for each in group]:
            inner = [_with_blocks(each, lambda block: _share(program, block)) for each in row]
            result += _shared(program, inner)
    return result


def _shared(program: Program, row: list[Statement]) -> list[Statement]:
    uses: Counter[Expression] = Counter()

    def tally(expression: Expression) -> Expression:
        uses[expression] += 1
        if uses[expression] == 1:
            for argument in expression.arguments:
                tally(argument)
        return expression

    own = [each for each in row if not isinstance(each, For | Loop | If)]
    for statement in own:
        _mapped(statement, tally)
    assigned = {each.variable.value for each in own if isinstance(each, Assign)}
    names: dict[Expression, Expression] = {}
    before: list[Statement] = []

    def visit(expression: Expression) -> Expression:
        if expression in names:
            return names[expression]
        found = expression.with_arguments(map(visit, expression.arguments))
        if uses[expression] > 1 and not expression.is_leaf and not expression.names & assigned:
            names[expression] = program.variable(expression.dtype)
            before.append(Let(names[expression], found))
            return names[expression]
        return found

    changed = [each if isinstance(each, For | Loop | If) else _mapped(each, visit) for each in row]
    return [*before, *changed]


def _prune(body: list[Statement]) -> list[Statement]:
    """Leaves out what nothing uses, until everything is used."""
    while True:
        names: set[str] = set()
        arrays: set[Buffer] = set()

        def note(expression: Expression, names: set[str] = names, arrays: set[Buffer] = arrays) -> Expression:
            names |= expression.names
            arrays |= expression.arrays
            return expression

        for statement in body:
            _mapped(statement, note)
        kept = _only(body, names, arrays)
        if len(list(statements(kept))) == len(list(statements(body))):
            return kept
        body = kept


def _only(body: list[Statement], names: set[str], arrays: set[Buffer]) -> list[Statement]:
    """Returns `body` without empty loops, numbers other than `names` and intermediate arrays other than `arrays`."""
    result: list[Statement] = []
    for statement in body:
        statement = _with_blocks(statement, lambda block: _only(block, names, arrays))
        match statement:
            case Let(variable, _) | Declare(variable, _) | Assign(variable, _) if variable.value not in names:
                continue
            case Store(buffer, _, _) if buffer.kind == "temporary" and buffer not in arrays:
                continue
            case For(_, _, []) | If(_, [], []):
                continue
        result.append(statement)
    return result


def _with_blocks(statement: Statement, change: Callable[[list[Statement]], list[Statement]]) -> Statement:
    """Returns `statement` with the blocks inside it changed."""
    match statement:
        case For() | Loop():
            return replace(statement, body=change(statement.body))
        case If():
            return replace(statement, body=change(statement.body), otherwise=change(statement.otherwise))
        case _:
            return statement


def _mapped(statement: Statement, visit: Visit) -> Statement:
    """Returns `statement` with `visit` applied to every expression in it."""
    statement = _with_blocks(statement, lambda block: [_mapped(each, visit) for each in block])
    match statement:
        case Store():
            return replace(statement, index=visit(statement.index), value=visit(statement.value))
        case Let() | Declare() | Assign():
            return replace(statement, value=visit(statement.value))
        case LeaveUnless() | If():
            return replace(statement, condition=visit(statement.condition))
        case _:
            return statement
