"""C99, as programs are written in it."""

import math

import numpy as np

from moregrad.formats.translation.expressions import INDEX
from moregrad.formats.translation.language import COMPARISONS, Helpers, Language

TYPES = {
    "float32": "float",
    "float64": "double",
    "int32": "int32_t",
    "uint32": "uint32_t",
    "uint16": "uint16_t",
    "uint8": "uint8_t",
    "bool": "uint8_t",
    INDEX: "int32_t",
}
BYTES = {"float32": 4, "int32": 4, "uint32": 4, "uint16": 2, "uint8": 1, "bool": 1}

ONE_ARGUMENT = "exp exp2 log log1p expm1 tanh sqrt cbrt sin cos tan asin acos atan sinh cosh asinh acosh atanh erf erfc"
FLOATS = {
    "add": "{0} + {1}",
    "sub": "{0} - {1}",
    "mul": "{0} * {1}",
    "div": "{0} / {1}",
    "rem": "fmodf({0}, {1})",
    "pow": "powf({0}, {1})",
    "atan2": "atan2f({0}, {1})",
    "neg": "-{0}",
    "abs": "fabsf({0})",
    "floor": "floorf({0})",
    "ceil": "ceilf({0})",
    "sign": "sign_of({0})",
    "max": "larger({0}, {1})",
    "min": "smaller({0}, {1})",
    "logistic": "1.0f / (1.0f + expf(-{0}))",
    "rsqrt": "1.0f / sqrtf({0})",
    "round_even": "rintf({0})",
    "round_away": "roundf({0})",
    **{name: f"{name}f({{0}})" for name in ONE_ARGUMENT.split()},
}
SUMS = {"add": "{0} + {1}", "mul": "(double){0} * {1}"}
WHOLE = {
    **{name: f"(uint32_t){{0}} {sign} (uint32_t){{1}}" for name, sign in {"add": "+", "sub": "-", "mul": "*"}.items()},
    "div": "{1} == 0 ? 0xffffffffu : (uint32_t){0} / {1}",
    "rem": "{1} == 0 ? {0} : {0} % {1}",
    "neg": "0u - (uint32_t){0}",
    "sign": "{0} > 0",
    "abs": "{0}",
    "max": "{0} > {1} ? {0} : {1}",
    "min": "{0} < {1} ? {0} : {1}",
    "not": "~{0}",
    "and": "{0} & {1}",
    "or": "{0} | {1}",
    "xor": "{0} ^ {1}",
    "shift_left": "shift_left((uint32_t){0}, (uint32_t){1})",
    "shift_right_logical": "shift_right((uint32_t){0}, (uint32_t){1})",
}
SIGNED = WHOLE | {
    "div": "quotient({0}, {1})",
    "rem": "remainder_of({0}, {1})",
    "sign": "({0} > 0) - ({0} < 0)",
    "abs": "{0} < 0 ? 0u - (uint32_t){0} : (uint32_t){0}",
    "max": "most({0}, {1})",
    "min": "least({0}, {1})",
    "shift_right_arithmetic": "{0} >> least((int32_t)({1} & 255), 31)",
}
INDICES = {
    "add": "{0} + {1}",
    "mul": "{0} * {1}",
    "div": "{0} / {1}",
    "max": "most({0}, {1})",
    "min": "least({0}, {1})",
}

HELPERS = Helpers(
    {
        "larger": "static float larger(float a, float b) { return a > b || a != a ? a : b; }",
        "smaller": "static float smaller(float a, float b) { return a < b || a != a ? a : b; }",
        "sign_of": "static float sign_of(float x) { return x > 0 ? 1.0f : x < 0 ? -1.0f : x; }",
        "most": "static int32_t most(int32_t a, int32_t b) { return a > b ? a : b; }",
        "least": "static int32_t least(int32_t a, int32_t b) { return a < b ? a : b; }",
        "quotient": "static int32_t quotient(int32_t a, int32_t b) {\n"
        "  return b == 0 ? -1 : b == -1 ? (int32_t)(0u - (uint32_t)a) : a / b;\n}",
        "remainder_of": "static int32_t remainder_of(int32_t a, int32_t b) {\n"
        "  return b == 0 ? a : b == -1 ? 0 : a % b;\n}",
        "shift_left": "static uint32_t shift_left(uint32_t a, uint32_t b) { return b > 31 ? 0 : a << b; }",
        "shift_right": "static uint32_t shift_right(uint32_t a, uint32_t b) { return b > 31 ? 0 : a >> b; }",
        "whole": "static double whole(double x, double low, double high) {\n"
        "  return x != x ? 0 : x < low ? low : x > high ? high : trunc(x);\n}",
    }
)


def _literal(value: float, dtype: str) -> str:
    if dtype in ("float32", "float64"):
        if math.isnan(value):
            return "NAN"
        short = np.format_float_positional if value == 0 or 1e-4 <= abs(value) < 1e6 else np.format_float_scientific
        text = "INFINITY" if math.isinf(value) else short(np.float32(abs(value)), unique=True, trim="0")
        text += "f" if dtype == "float32" and text != "INFINITY" else ""
        return f"(-{text})" if value < 0 else text
    if dtype == "uint32":
        return f"{int(value)}u"
    if value == -(2**31):
        return "(-2147483647 - 1)"
    return f"({int(value)})" if value < 0 else str(int(value))


def _convert(text: str, source: str, target: str) -> str:
    if target == "bool":
        return f"({text} != 0)"
    if source == "float32" and target != "float32":
        limits = np.iinfo(target)
        return f"(({TYPES[target]})whole({text}, {limits.min}.0, {limits.max}.0))"
    return f"(({TYPES[target]}){text})"


C = Language(
    operations={
        "float32": FLOATS,
        "float64": SUMS,
        "int32": SIGNED,
        INDEX: INDICES,
        "bool": COMPARISONS | {"is_finite": "isfinite({0})"},
        **dict.fromkeys(("uint32", "uint16", "uint8"), WHOLE),
    },
    wrapped={dtype: f"(({name})({{}}))" for dtype, name in TYPES.items()}
    | {"float32": "({})", "float64": "({})", INDEX: "({})", "bool": "({})"},
    literal=_literal,
    convert=_convert,
    constant=lambda dtype: f"const {TYPES[dtype]}",
    variable=lambda dtype: TYPES[dtype],
)
