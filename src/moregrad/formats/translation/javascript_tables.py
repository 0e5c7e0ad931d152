"""JavaScript, as programs are written in it."""

import math

import numpy as np

from moregrad.formats.translation.expressions import INDEX
from moregrad.formats.translation.language import COMPARISONS, Helpers, Language

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

HELPERS = Helpers(
    {
        # Numerical Recipes, third edition, section 6.2.2: the relative error is below 1.2e-7.
        "erfc": """function erfc(x) {
 const z = Math.abs(x), t = 2 / (2 + z);
 const y = t * Math.exp(-z * z - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
  + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))))));
 return x >= 0 ? y : 2 - y;
}""",
        "erf": """function erf(x) {
 if (!(Math.abs(x) < 1)) return 1 - erfc(x);
 let term = x, sum = x;
 for (let n = 1; n < 30; ++n) { term *= -x * x / n; sum += term / (2 * n + 1); }
 return 2 / Math.sqrt(Math.PI) * sum;
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
)


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


JAVASCRIPT = Language(
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
