"""Primitives that compute each element from those at the same place."""

from typing import Any

from moregrad.formats.translation.expressions import ZERO, Expression, constant, operation
from moregrad.formats.translation.jaxpr import Shapes, Translation, Values, emitter
from moregrad.formats.translation.values import Index, Value

COSTLY = """exp exp2 log log1p expm1 tanh logistic sqrt rsqrt cbrt sin cos tan asin acos atan sinh cosh asinh acosh
atanh erf erfc pow atan2"""
CHEAP = """add sub mul div rem max min neg sign abs floor ceil and or xor not eq ne lt le gt ge is_finite
shift_left shift_right_logical shift_right_arithmetic"""


def elementwise(translation: Translation, operands: list[Value], result: Any, cost: int, compute: Any) -> Value:
    """Returns the value whose elements `compute` makes from those of `operands`.

    An operand with an axis of one element, or with no axes, has it for all.
    """
    spread = [translation.stored(each) if each.cost > 1 and each.size < result.size else each for each in operands]

    def element(index: Index) -> Expression:
        return compute(*(each.element(_own(each, index)) for each in spread))

    return Value(tuple(result.shape), str(result.dtype), element, cost + sum(each.cost for each in spread))


def _own(operand: Value, index: Index) -> Index:
    if not operand.shape:
        return []
    return [ZERO if extent == 1 else each for each, extent in zip(index, operand.shape, strict=True)]


def _simple(name: str, cost: int) -> None:
    @emitter(name)
    def emit(translation: Translation, operands: Values, results: Shapes, **_: Any) -> Value:
        dtype = str(results[0].dtype)
        return elementwise(
            translation, operands, results[0], cost, lambda *arguments: operation(name, dtype, *arguments)
        )


for _name in COSTLY.split():
    _simple(_name, 8)
for _name in CHEAP.split():
    _simple(_name, 1)


@emitter("convert_element_type")
def convert(translation: Translation, operands: Values, results: Shapes, **_: Any) -> Value:
    (result,) = results
    if operands[0].dtype == str(result.dtype):
        return operands[0]
    cost = 1 if "float32" in (operands[0].dtype, str(result.dtype)) else 0
    return elementwise(translation, operands, result, cost, lambda x: operation("convert", str(result.dtype), x))


@emitter("select_n")
def select(translation: Translation, operands: Values, results: Shapes) -> Value:
    dtype = str(results[0].dtype)

    def compute(which: Expression, *cases: Expression) -> Expression:
        if which.dtype == "bool":
            return operation("select", dtype, which, cases[1], cases[0])
        chosen = cases[-1]
        for number, case in reversed(list(enumerate(cases[:-1]))):
            equal = operation("eq", "bool", which, constant(number, which.dtype))
            chosen = operation("select", dtype, equal, case, chosen)
        return chosen

    return elementwise(translation, operands, results[0], 1, compute)


@emitter("clamp")
def clamp(translation: Translation, operands: Values, results: Shapes) -> Value:
    dtype = str(results[0].dtype)
    low, x, high = operands
    return elementwise(
        translation,
        [x, low, high],
        results[0],
        2,
        lambda x, low, high: operation("min", dtype, operation("max", dtype, x, low), high),
    )


@emitter("square")
def square(translation: Translation, operands: Values, results: Shapes) -> Value:
    return integer_pow(translation, operands, results, y=2)


@emitter("integer_pow")
def integer_pow(translation: Translation, operands: Values, results: Shapes, *, y: int) -> Value:
    dtype = str(results[0].dtype)

    def power(x: Expression) -> Expression:
        if y == 0:
            return constant(1, dtype)
        raised = _power(x, abs(y))
        return raised if y > 0 else operation("div", dtype, constant(1, dtype), raised)

    return elementwise(translation, operands, results[0], 2, power)


def _power(x: Expression, exponent: int) -> Expression:
    """Multiplies by squaring, as XLA does."""
    if exponent == 1:
        return x
    half = _power(x, exponent // 2)
    whole = operation("mul", x.dtype, half, half)
    return operation("mul", x.dtype, whole, x) if exponent % 2 else whole


@emitter("round")
def round_(translation: Translation, operands: Values, results: Shapes, *, rounding_method: Any) -> Value:
    name = "round_even" if int(rounding_method) == 1 else "round_away"
    return elementwise(translation, operands, results[0], 1, lambda x: operation(name, str(results[0].dtype), x))
