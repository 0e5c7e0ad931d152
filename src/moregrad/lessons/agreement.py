"""The agreement of two answers, and the first place where they differ."""

from collections.abc import Mapping, Sequence
from math import isclose, isnan
from numbers import Real
from typing import Any

import numpy as np

from moregrad.configuration import shorten


def find_difference(given: Any, expected: Any, tolerance: float) -> str:
    """Tells how `given` differs from `expected`, as what follows the subject of a sentence; empty if it does not.

    Numbers, Values and arrays agree if they differ by at most `tolerance`, relative for numbers above 1.
    """
    given, expected = _plain(given), _plain(expected)
    if given is None:
        return "is None; a return is missing"
    if isinstance(expected, str | bool):
        return "" if isinstance(given, type(expected)) and given == expected else _unequal(given, expected)
    if isinstance(expected, Real):
        return _compare_numbers(given, float(expected), tolerance)
    if isinstance(expected, np.ndarray):
        return _compare_arrays(given, expected, tolerance)
    if isinstance(expected, Mapping):
        return _compare_mappings(given, expected, tolerance)
    if isinstance(expected, Sequence):
        return _compare_sequences(given, expected, tolerance)
    return "" if given == expected else _unequal(given, expected)


def describe(answer: Any) -> str:
    """Shows an answer or an argument, more than four numbers or Values by how many there are."""
    if isinstance(answer, list | tuple) and len(answer) > 4 and all(map(_is_value, answer)):
        return f"{len(answer)} Values"
    answer = _plain(answer)
    if isinstance(answer, np.ndarray):
        return f"an array of shape {answer.shape}" if answer.size > 4 else str(_round(answer.tolist()))
    if isinstance(answer, list | tuple) and any(isinstance(item, np.ndarray) for item in answer):
        return f"[{', '.join(map(describe, answer[:4]))}{', ...' * (len(answer) > 4)}]"
    if callable(answer) and hasattr(answer, "__name__"):
        return answer.__name__
    return f"{answer:.8g}" if isinstance(answer, float) else shorten(answer)


def _plain(answer: Any) -> Any:
    """Returns Values as floats, JAX arrays and lists of numbers as NumPy arrays, and numbers of NumPy as Python's."""
    if _is_value(answer):
        return float(answer.data)
    if isinstance(answer, list | tuple) and answer and all(_is_number(item) for item in answer):
        return np.array([_plain(item) for item in answer])
    if hasattr(answer, "__array__"):
        array = np.asarray(answer)
        return array.item() if array.ndim == 0 else array
    return answer


def _round(number: Any) -> Any:
    """Returns a number, or a list of them, with as many digits as are shown."""
    if isinstance(number, list):
        return [_round(item) for item in number]
    return float(f"{number:.8g}") if isinstance(number, float) else number


def _is_value(item: Any) -> bool:
    return hasattr(item, "data") and hasattr(item, "backward")


def _is_number(item: Any) -> bool:
    return not isinstance(item, list | tuple | bool) and isinstance(_plain(item), Real)


def _compare_numbers(given: Any, expected: float, tolerance: float) -> str:
    if not isinstance(given, Real) or isinstance(given, bool):
        return f"is {describe(given)}; must be a number"
    same = isclose(given, expected, rel_tol=tolerance, abs_tol=tolerance) or given == expected
    return "" if same or (isnan(given) and isnan(expected)) else _unequal(float(given), expected)


def _compare_arrays(given: Any, expected: np.ndarray, tolerance: float) -> str:
    given = _stack(given)
    if not isinstance(given, np.ndarray):
        shape = f" of shape {expected.shape}" if expected.ndim > 1 else ""
        return f"is {describe(given)}; must be {expected.size} numbers{shape}"
    if given.shape != expected.shape:
        return f"has shape {given.shape}; must have {expected.shape}"
    wrong = ~np.isclose(given, expected, rtol=tolerance, atol=tolerance, equal_nan=True)
    if not wrong.any():
        return ""
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    at = index[0] if len(index) == 1 else index
    found = f"{describe(given[index].item())}; must be {describe(expected[index].item())}"
    count = int(wrong.sum())
    many = "1 wrong number" if count == 1 else f"{count} wrong numbers"
    return f"has {many} of {wrong.size}: the first, at {at}, is {found}"


def _stack(given: Any) -> Any:
    """Returns rows of equal shape as one array, and anything else as it is."""
    if not isinstance(given, list | tuple):
        return given
    rows = [_stack(_plain(row)) for row in given]
    same = all(isinstance(row, np.ndarray) for row in rows) and len({row.shape for row in rows}) == 1
    return np.stack(rows) if same else given


def _compare_mappings(given: Any, expected: Mapping[Any, Any], tolerance: float) -> str:
    if not isinstance(given, Mapping):
        return f"is {describe(given)}; must be a dictionary"
    if missing := [key for key in expected if key not in given]:
        return f"lacks the key {missing[0]!r}"
    if surplus := [key for key in given if key not in expected]:
        return f"has the key {surplus[0]!r}, which does not belong in it"
    return _first(((f"at {key!r} ", given[key], expected[key]) for key in expected), tolerance)


def _compare_sequences(given: Any, expected: Sequence[Any], tolerance: float) -> str:
    if isinstance(given, str) or not isinstance(given, Sequence | np.ndarray):
        return f"is {describe(given)}; must be a list of {len(expected)}"
    if len(given) != len(expected):
        return f"has length {len(given)}; must have {len(expected)}"
    parts = ((f"at {i} ", a, b) for i, (a, b) in enumerate(zip(given, expected, strict=True)))
    return _first(parts, tolerance)


def _first(parts: Any, tolerance: float) -> str:
    found = ((where, find_difference(a, b, tolerance)) for where, a, b in parts)
    return next((where + difference for where, difference in found if difference), "")


def _unequal(given: Any, expected: Any) -> str:
    return f"is {describe(given)}; must be {describe(expected)}"
