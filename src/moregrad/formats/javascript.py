"""One step of a model as JavaScript on typed arrays."""

import math

import numpy as np

from moregrad.formats.expressions import INDEX
from moregrad.formats.language import COMPARISONS, Language
from moregrad.formats.packing import Packed, pack
from moregrad.formats.program import Buffer
from moregrad.formats.step import Step
from moregrad.models.model import Model

ARRAYS = {
    "float32": "Float32Array",
    "int32": "Int32Array",
    "uint32": "Uint32Array",
    "uint16": "Uint16Array",
    "uint8": "Uint8Array",
    "bool": "Uint8Array",
}

ONE_ARGUMENT = (
    "exp log log1p expm1 tanh sqrt cbrt sin cos tan asin acos atan sinh cosh asinh acosh atanh sign abs floor ceil"
)
FLOATS = {
    "add": "{0} + {1}",
    "sub": "{0} - {1}",
    "mul": "{0} * {1}",
    "div": "{0} / {1}",
    "rem": "{0} % {1}",
    "neg": "-{0}",
    "logistic": "1 / (1 + Math.exp(-{0}))",
    "rsqrt": "1 / Math.sqrt({0})",
    "exp2": "Math.pow(2, {0})",
    "erf": "erf({0})",
    "erfc": "erfc({0})",
    "round_even": "roundEven({0})",
    "round_away": "Math.sign({0}) * Math.floor(Math.abs({0}) + 0.5)",
    **{name: f"Math.{name}({{0}}, {{1}})" for name in ("max", "min", "pow", "atan2")},
    **{name: f"Math.{name}({{0}})" for name in ONE_ARGUMENT.split()},
}
WHOLE = {
    "add": "{0} + {1}",
    "sub": "{0} - {1}",
    "mul": "Math.imul({0}, {1})",
    "div": "quotient({0}, {1})",
    "rem": "remainder({0}, {1})",
    "neg": "-{0}",
    "not": "~{0}",
    "and": "{0} & {1}",
    "or": "{0} | {1}",
    "xor": "{0} ^ {1}",
    "shift_left": "shiftLeft({0}, {1})",
    "shift_right_logical": "shiftRight({0}, {1})",
    **{name: f"Math.{name}({{0}}, {{1}})" for name in ("max", "min")},
    **{name: f"Math.{name}({{0}})" for name in ("sign", "abs")},
}
INDICES = {
    "add": "{0} + {1}",
    "mul": "{0} * {1}",
    "div": "Math.floor({0} / {1})",
    "max": "Math.max({0}, {1})",
    "min": "Math.min({0}, {1})",
}

WRAPPED = {
    "float32": "f({})",
    "float64": "({})",
    "int32": "({} | 0)",
    "uint32": "({} >>> 0)",
    "uint16": "({} & 65535)",
    "uint8": "({} & 255)",
    "bool": "({})",
    INDEX: "({})",
}

HELPERS = {
    "erf": """function erf(x) {
 if (!(Math.abs(x) < 1)) return 1 - erfc(x);
 let term = x, sum = x;
 for (let n = 1; n < 30; ++n) { term *= -x * x / n; sum += term / (2 * n + 1); }
 return 2 / Math.sqrt(Math.PI) * sum;
}""",
    # Numerical Recipes, third edition, section 6.2.2: the relative error is below 1.2e-7.
    "erfc": """function erfc(x) {
 const z = Math.abs(x), t = 2 / (2 + z);
 const y = t * Math.exp(-z * z - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
  + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))));
 return x >= 0 ? y : 2 - y;
}""",
    "roundEven": """function roundEven(x) {
 const r = Math.round(x);
 return Math.abs(x) % 1 == 0.5 && r % 2 ? r - 1 : r;
}""",
    "quotient": "function quotient(a, b) { return b == 0 ? -1 : a / b; }",
    "remainder": "function remainder(a, b) { return b == 0 ? a : a % b; }",
    "shiftLeft": "function shiftLeft(a, b) { return b >>> 0 > 31 ? 0 : a << b; }",
    "shiftRight": "function shiftRight(a, b) { return b >>> 0 > 31 ? 0 : a >>> b; }",
    "whole": """function whole(x, low, high) {
 return Number.isNaN(x) ? 0 : Math.trunc(Math.min(Math.max(x, low), high));
}""",
    "halves": """function halves(place, length) {
 return Float32Array.from(new Uint16Array(weights, place, length), (h) => {
  const exponent = h >> 10 & 31, fraction = h & 1023, sign = h >> 15 ? -1 : 1;
  return sign * (exponent ? exponent == 31 ? (fraction ? NaN : Infinity)
   : 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -24 * fraction);
 });
}""",
    "sums": """function sums(place, length) {
 let sum = 0;
 return Int32Array.from(new Uint8Array(weights, place, length), (step) => sum += step);
}""",
}
"""Functions that programs call, each written only where it is called."""


def to_javascript(model: Model, vocab: int, *, half: bool = False) -> tuple[str, bytes]:
    """Returns a function expression in JavaScript and the bytes of the numbers that it needs.

    Called with these bytes as an ArrayBuffer, the function returns `{vocab, begin(), advance(state, token)}`; `advance`
    returns `{logits, state}` and leaves the state that it was given as it is, so that states may be kept. Token 0 is
    the boundary. With `half` trained weights are kept in 16 bits. Raises ModelError if the model computes what cannot
    be translated.
    """
    step = Step.of(model, vocab)
    packed = pack(step.program, half=half)
    parts = [
        *(_declare(each, packed) for each in step.program.constants),
        *(f"const {each.name} = new {ARRAYS[each.dtype]}({each.size});" for each in _temporaries(step)),
        f"const begun = [{', '.join(map(_begun, step.begun))}];",
        f"return {{ vocab: {vocab}, begin: () => begun.map((each) => each.slice()), advance }};",
        *_advance(step, vocab),
    ]
    text = "\n".join(parts)
    helpers = [code for name, code in HELPERS.items() if f"{name}(" in text or (name == "erfc" and "erf(" in text)]
    return "\n".join(
        ['(function (weights) {\n"use strict";\nconst f = Math.fround;', *helpers, text, "})"]
    ), packed.content


def _advance(step: Step, vocab: int) -> list[str]:
    logits, *after = step.outputs
    return [
        "function advance(state, token) {",
        f" if (!Number.isInteger(token) || token < 0 || token >= {vocab})",
        f'  throw new RangeError("token is " + token + "; it must be a whole number from 0 to {vocab - 1}");',
        f" const [{', '.join(each.name for each in step.state)}] = state;",
        *(f" const {each.name} = new {ARRAYS[each.dtype]}({each.size});" for each in step.outputs),
        *LANGUAGE.lines(step.body, " "),
        f" return {{ logits: {logits.name}, state: [{', '.join(each.name for each in after)}] }};",
        "}",
    ]


def _temporaries(step: Step) -> list[Buffer]:
    return [each for each in step.program.buffers if each.kind == "temporary"]


def _declare(buffer: Buffer, packed: Packed) -> str:
    kind, place = packed.places[buffer]
    if kind == "plain":
        return f"const {buffer.name} = new {ARRAYS[buffer.dtype]}(weights, {place}, {buffer.size});"
    return f"const {buffer.name} = {kind}({place}, {buffer.size});"


def _begun(numbers: np.ndarray) -> str:
    kind, values = ARRAYS[str(numbers.dtype)], numbers.ravel()
    written = [_literal(each.item(), str(numbers.dtype)) for each in values]
    if len(set(written)) == 1:
        return f"new {kind}({len(values)}).fill({written[0]})"
    return f"{kind}.of({', '.join(written)})"


def _literal(value: float, dtype: str) -> str:
    if dtype not in ("float32", "float64"):
        return f"({int(value)})" if value < 0 else str(int(value))
    if math.isnan(value):
        return "NaN"
    text = "Infinity" if math.isinf(value) else repr(abs(float(value)))
    return f"(-{text})" if value < 0 else text


def _convert(text: str, source: str, target: str) -> str:
    if target == "bool":
        return f"({text} != 0)"
    if target == "float32":
        return f"f({text})"
    if source == "float32":
        limits = np.iinfo(target)
        return f"whole({text}, {limits.min}, {limits.max})"
    return WRAPPED[target].format(text)


LANGUAGE = Language(
    operations={
        "bool": COMPARISONS | {"is_finite": "Number.isFinite({0})"},
        "float32": FLOATS,
        "float64": FLOATS,
        INDEX: INDICES,
    }
    | dict.fromkeys(("uint32", "uint16", "uint8"), WHOLE)
    | {"int32": WHOLE | {"shift_right_arithmetic": "{0} >> Math.min({1} >>> 0, 31)"}},
    wrapped=WRAPPED,
    literal=_literal,
    convert=_convert,
    constant=lambda dtype: "const",
    variable=lambda dtype: "let",
)
