"""Checks and error messages for numbers outside the domain of a Value or of an operation."""

import math
from collections.abc import Sequence
from itertools import zip_longest
from numbers import Real
from typing import Any

from moregrad.errors import ScalarError
from moregrad.scalar.ops import Op


def to_float(data: Any) -> float:
    """`data` as a float; raises ScalarError for NaN and for what is not a number, such as a string of digits."""
    try:
        found = math.nan if isinstance(data, str | bytes) else float(data)
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if math.isnan(found):
        kind = "NaN" if isinstance(data, Real) and data != data else type(data).__name__
        raise ScalarError(f"Value({data!r}): data must be a number that a float can hold, not {kind}")
    return found


def describe_undefined(op: Op, numbers: Sequence[float], labels: Sequence[str] = ()) -> ScalarError:
    """The error for an operation outside its domain: it names the operation, its inputs and what it accepts."""
    told = [f"{x!r} (label {label!r})" if label else repr(x) for x, label in zip_longest(numbers, labels)]
    if op.name.startswith("**") and len(told) == 1:
        asked = f"{told[0]} ** {op.name.removeprefix('**')}"
    elif len(told) == 2 and not op.name.isidentifier():
        asked = f" {op.name} ".join(told)
    else:
        asked = f"{op.name}({', '.join(told)})"
    return ScalarError(f"{asked} is not defined" + (f"; {op.name} takes {op.domain}" if op.domain else ""))


def describe_undefined_node(op: Op, inputs: Sequence[Any]) -> ScalarError:
    """The same for inputs that are Values."""
    return describe_undefined(op, [x.data for x in inputs], [x.label for x in inputs])
