"""Each element from those at the same place, in all languages as JAX computes it."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from formats.engines import check

NUMBERS = np.array([[-2.5, -1.0, -0.5, -0.0, 0.25], [0.5, 1.5, 2.5, 30.0, 1e-6]], np.float32)
OTHERS = np.array([[1.5, -1.0, 3.0, 0.5, -2.0], [2.0, 0.5, -1.5, 7.0, 1.0]], np.float32)
INTEGERS = np.array([[-7, 3, 0, 2147483647, -2147483648], [5, -1, 12, 100, 7]], np.int32)
DIVISORS = np.array([[2, -2, 0, 3, -1], [0, 7, 5, -3, 1]], np.int32)


def test_real_functions_of_one_number():
    anywhere = ["exp", "exp2", "expm1", "tanh", "logistic", "sin", "cos", "tan", "atan", "sinh", "cosh", "asinh"]
    anywhere += ["erf", "erfc", "sign", "abs", "floor", "ceil", "neg", "is_finite", "cbrt", "square", "round"]
    functions = {name: getattr(lax, name) for name in anywhere}
    check({name: (lambda x, y, f=f: f(x / 3)) for name, f in functions.items()}, NUMBERS, OTHERS, tolerance=1e-5)


def test_real_functions_of_positive_numbers():
    functions = {name: getattr(lax, name) for name in ("log", "log1p", "sqrt", "rsqrt", "acosh")}
    check({name: (lambda x, f=f: f(1.5 + jnp.abs(x))) for name, f in functions.items()}, NUMBERS)
    bounded = {name: getattr(lax, name) for name in ("asin", "acos", "atanh")}
    check({name: (lambda x, f=f: f(x / 40)) for name, f in bounded.items()}, NUMBERS)


def test_real_functions_of_two_numbers():
    functions = {name: getattr(lax, name) for name in ("add", "sub", "mul", "div", "max", "min", "rem", "atan2")}
    check(functions | {"pow": lambda x, y: lax.pow(jnp.abs(x), y)}, NUMBERS, OTHERS)


def test_what_is_not_a_number_or_infinite_stays_so():
    odd = np.array([np.nan, np.inf, -np.inf, 1, -1, 0], np.float32)
    check(
        {name: getattr(lax, name) for name in ("max", "min", "add", "mul", "div", "eq", "ne", "lt", "ge")},
        odd,
        odd[::-1].copy(),
    )
    check({name: getattr(lax, name) for name in ("exp", "log", "tanh", "logistic", "sign", "is_finite", "erf")}, odd)
    check({"exp beyond float32": lambda x: jnp.exp(x * 100) * 0.5, "log": lambda x: jnp.log(x * 0)}, odd)


def test_whole_numbers_wrap_around():
    names = ("add", "sub", "mul", "max", "min", "div", "rem", "bitwise_and", "bitwise_or", "bitwise_xor")
    functions = {name: getattr(lax, name) for name in names}
    check(functions, INTEGERS, DIVISORS)
    check(
        {f"unsigned {name}": f for name, f in functions.items()}, INTEGERS.astype(np.uint32), DIVISORS.astype(np.uint32)
    )
    check({f"bytes {name}": f for name, f in functions.items()}, INTEGERS.astype(np.uint8), DIVISORS.astype(np.uint8))
    check({name: getattr(lax, name) for name in ("neg", "sign", "abs", "bitwise_not", "square")}, INTEGERS)


def test_bits_are_shifted_out():
    by = np.array([[0, 1, 31, 32, 40], [3, 2, 4, 8, 33]], np.int32)
    names = ("shift_left", "shift_right_logical", "shift_right_arithmetic")
    check({name: getattr(lax, name) for name in names}, INTEGERS, by)


def test_comparisons_and_logic():
    names = ("eq", "ne", "lt", "le", "gt", "ge")
    check({name: getattr(lax, name) for name in names}, INTEGERS, DIVISORS)
    check({name: getattr(lax, name) for name in names}, NUMBERS, OTHERS)
    truths = (NUMBERS > 0, OTHERS > 0)
    check({name: getattr(lax, f"bitwise_{name}") for name in ("and", "or", "xor")}, *truths)
    check({"not": lambda x, y: ~x, "max": lax.max, "equal": lax.eq}, *truths)


def test_numbers_change_their_type():
    kinds = ("float32", "int32", "uint32", "uint16", "uint8", "bool")
    for array in (NUMBERS, INTEGERS, NUMBERS > 0):
        check({f"{array.dtype} {kind}": (lambda x, kind=kind: x.astype(kind)) for kind in kinds}, array)
    far = np.array([3e9, -3e9, np.nan, np.inf, -np.inf, 2.9, -2.9], np.float32)
    check({"far": lambda x: x.astype(jnp.int32)}, far)


def test_choices_and_limits():
    check(
        {
            "select": lambda x, y: jnp.where(x > y, x, y),
            "select of three": lambda x, y: lax.select_n((x > 0).astype(jnp.int32) + (y > 0), x, y, x + y),
            "clamp": lambda x, y: jnp.clip(x, -1.0, 1.0),
            "powers": lambda x, y: [lax.integer_pow(x, n) for n in (0, 1, 2, 3, 7, -2)],
            "rounded away": lambda x, y: lax.round(x, lax.RoundingMethod.AWAY_FROM_ZERO),
            "rounded to even": lambda x, y: jnp.round(x),
        },
        NUMBERS,
        OTHERS,
    )


def test_an_axis_of_one_element_serves_for_all():
    check(
        {"row": lambda x, y: x * y[:1] + y[:, :1], "costly": lambda x, y: x - jnp.exp(jnp.sin(y[:1]))},
        NUMBERS / 9,
        OTHERS,
    )


def test_composites_of_the_library():
    check(
        {
            "gelu": lambda x, y: jax.nn.gelu(x, approximate=False),
            "softplus": lambda x, y: jax.nn.softplus(x),
            "log softmax": lambda x, y: jax.nn.log_softmax(x * y),
            "logsumexp": lambda x, y: jax.nn.logsumexp(x, axis=0),
            "silu": lambda x, y: jax.nn.silu(x),
        },
        NUMBERS,
        OTHERS,
    )
