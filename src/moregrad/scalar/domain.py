"""What is no number, and what an operation is not defined for: how Values say so."""

import math
from collections.abc import Sequence
from itertools import zip_longest
from numbers import Real
from typing import Any

from moregrad.errors import ScalarError
from moregrad.scalar.ops import Op


def number(data: Any) -> float:
    """`data` as a float; raises ScalarError where it is none, which a string is not even if digits are in it."""
    try:
        found = math.nan if isinstance(data, str | bytes) else float(data)
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if math.isnan(found):
        kind = "NaN" if isinstance(data, Real) and data != data else type(data).__name__
        raise ScalarError(f"Value({data!r}): data must be a number that a float can hold, not {kind}")
    return found


def undefined(op: Op, numbers: Sequence[float], labels: Sequence[str] = ()) -> ScalarError:
    """The error that says which operation is not defined for which inputs, and what it takes."""
    told = [f"{x!r} (label {label!r})" if label else repr(x) for x, label in zip_longest(numbers, labels)]
    if op.name.startswith("**") and len(told) == 1:
        asked = f"{told[0]} ** {op.name.removeprefix('**')}"
    elif len(told) == 2 and not op.name.isidentifier():
        asked = f" {op.name} ".join(told)
    else:
        asked = f"{op.name}({', '.join(told)})"
    return ScalarError(f"{asked} is not defined" + (f"; {op.name} takes {op.domain}" if op.domain else ""))
