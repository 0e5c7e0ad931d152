"""Primitives that repeat or choose among other programs."""

from collections.abc import Sequence
from typing import Any

from moregrad.formats.translation.expressions import INDEX, Expression, constant, operation, plus, times
from moregrad.formats.translation.jaxpr import Shapes, Translation, Values, emitter
from moregrad.formats.translation.program import Buffer, For, If, LeaveUnless, Loop, Statement, Store
from moregrad.formats.translation.values import Value, position, stored


@emitter("scan")
def scan(
    translation: Translation,
    operands: Values,
    results: Shapes,
    *,
    jaxpr: Any,
    length: int,
    reverse: bool,
    num_consts: int,
    num_carry: int,
    **_: Any,
) -> Values:
    settled = [translation.settled(each) for each in operands]
    fixed, rows = settled[:num_consts], settled[num_consts + num_carry :]
    carry = Carry(translation, settled[num_consts : num_consts + num_carry])
    stacks = [translation.program.buffer("temporary", str(each.dtype), each.size) for each in results[num_carry:]]
    variable = translation.program.counted(length)
    step = plus(constant(length - 1, INDEX), times(variable, -1)) if reverse else variable
    with translation.program.block() as body:
        now = [row.remapped(row.shape[1:], lambda index: [step, *index]) for row in rows]
        made = translation.call(jaxpr, [*fixed, *carry.values, *now])
        for buffer, value in zip(stacks, made[num_carry:], strict=True):
            _store_row(translation, buffer, value, step)
        carry.move(made[:num_carry])
    if length == 1:
        for statement in body:
            translation.program.add(statement)
    elif length:
        translation.program.add(For(variable, length, body))
    return [*carry.values, *_all_stored(stacks, results[num_carry:])]


def _store_row(translation: Translation, buffer: Buffer, value: Value, row: Expression) -> None:
    start = times(row, value.size)
    translation.program.store(
        value.shape, lambda index: Store(buffer, plus(start, position(index, value.shape)), value.element(index))
    )


@emitter("while")
def while_(
    translation: Translation,
    operands: Values,
    results: Shapes,
    *,
    cond_jaxpr: Any,
    cond_nconsts: int,
    body_jaxpr: Any,
    body_nconsts: int,
) -> Values:
    settled = [translation.settled(each) for each in operands]
    asked, fixed = settled[:cond_nconsts], settled[cond_nconsts : cond_nconsts + body_nconsts]
    carry = Carry(translation, settled[cond_nconsts + body_nconsts :])
    with translation.program.block() as body:
        (goes_on,) = translation.call(cond_jaxpr, [*asked, *carry.values])
        translation.program.add(LeaveUnless(goes_on.element([])))
        carry.move(translation.call(body_jaxpr, [*fixed, *carry.values]))
    translation.program.add(Loop(body))
    return carry.values


class Carry:
    """The values that one round of a loop leaves to the next."""

    def __init__(self, translation: Translation, start: Sequence[Value]) -> None:
        self._translation = translation
        self._buffers = [translation.program.buffer("temporary", each.dtype, each.size) for each in start]
        self.values = [translation.store(each, buffer) for each, buffer in zip(start, self._buffers, strict=True)]

    def move(self, following: Sequence[Value]) -> None:
        """Stores what follows, once nothing that is still to be stored reads what was there."""
        fresh = [self._translation.stored(each) if self._reads(each) else each for each in following]
        for value, buffer in zip(fresh, self._buffers, strict=True):
            self._translation.store(value, buffer)

    def _reads(self, value: Value) -> bool:
        index = [constant(0, INDEX)] * len(value.shape)
        return bool(value.element(index).arrays & set(self._buffers))


@emitter("cond")
def cond(translation: Translation, operands: Values, results: Shapes, *, branches: Any, **_: Any) -> Values:
    which, *rest = [translation.settled(each) for each in operands]
    buffers = [translation.program.buffer("temporary", str(each.dtype), each.size) for each in results]
    blocks = []
    for branch in branches:
        with translation.program.block() as block:
            for value, buffer in zip(translation.call(branch, rest), buffers, strict=True):
                translation.store(value, buffer)
        blocks.append(block)
    number = which.element([])
    chosen: list[Statement] = blocks[-1]
    for place, block in reversed(list(enumerate(blocks[:-1]))):
        # A number outside the branches means the nearest of them.
        first = operation("le", "bool", number, constant(place, number.dtype))
        chosen = [If(first, block, chosen)]
    for statement in chosen:
        translation.program.add(statement)
    return _all_stored(buffers, results)


def _all_stored(buffers: Sequence[Buffer], results: Shapes) -> Values:
    return [stored(buffer, each.shape, str(each.dtype)) for buffer, each in zip(buffers, results, strict=True)]
