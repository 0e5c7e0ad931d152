"""The checked evaluation of an operation at given numbers. Compiled where there is a C compiler, as value.py is."""

import math
from typing import Any

import cython

from moregrad.errors import ScalarError
from moregrad.scalar.ops import Op

COMPILED: bool = cython.compiled
"""True if the engine runs as machine code, False if it runs as plain Python."""


def evaluate(op: Op, numbers: list[float]) -> tuple[float, tuple[float, ...]] | None:
    """The output of `op` and its derivative by each input; None where the operation is not defined.

    Raises ScalarError if `op.partials` does not return a tuple with a number for each input.
    """
    try:
        data = op.forward(*numbers)
        partials = op.partials(*numbers, data)
    except ScalarError:
        raise
    except (ArithmeticError, ValueError):
        return None
    if not isinstance(partials, tuple) or len(partials) != len(numbers):
        raise ScalarError(
            f"{op.name} of {len(numbers)} inputs: partials returned {partials!r}; "
            "it must be a tuple, one number for each input"
        )
    plain = True
    for x in (data, *partials):
        if type(x) is not float:
            plain = False
        elif x != x:
            return None
    return (data, tuple(partials)) if plain else _convert(op, data, partials)


def _convert(op: Op, data: Any, partials: tuple[Any, ...]) -> tuple[float, tuple[float, ...]] | None:
    """The results of an operation as plain floats."""
    try:
        found = [float(x) for x in (data, *partials)]
    except (TypeError, ValueError, OverflowError):
        raise ScalarError(
            f"{op.name} returned {data!r} and the partial derivatives {partials!r}: all of them must be numbers"
        ) from None
    return None if any(map(math.isnan, found)) else (found[0], tuple(found[1:]))
