"""Numbers that can be drawn: of the right shape, and finite."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from moregrad.errors import DataError


def check(what: str, values: ArrayLike, axes: str) -> Float[np.ndarray, "..."]:
    """Returns `values` as float64; raises DataError unless they have these `axes`, such as "batch units", are finite
    and are at least one."""
    array = to_numbers(what, values)
    if array.ndim != len(axes.split()) or not array.size:
        raise DataError(f"{what} of shape {array.shape}: must be ({', '.join(axes.split())}), with at least one number")
    return array


def check_paths(what: str, arrays: Mapping[str, ArrayLike]) -> dict[str, Float[np.ndarray, "..."]]:
    """Returns the arrays of each path as float64; raises DataError unless each is finite and none is empty."""
    if not isinstance(arrays, Mapping) or not arrays:
        raise DataError(f"{what} must be arrays by the path of their layer, such as {{'layers.1': array}}; give one")
    found = {str(path): to_numbers(f"{what} of {path}", values) for path, values in arrays.items()}
    for path, array in found.items():
        if not array.size:
            raise DataError(f"{what} of {path} of shape {array.shape}: must hold at least one number")
    return found


def check_characters(characters: Sequence[str], count: int, what: str) -> list[str]:
    """Returns `characters` as a list; raises DataError unless there are `count`, one for each of `what`."""
    listed = list(characters)
    if len(listed) != count:
        raise DataError(f"{len(listed)} characters for {count} {what}: give one for each, such as '.' + the alphabet")
    return listed


def to_floats(what: str, values: Any) -> Float[np.ndarray, "..."]:
    """Returns `values` as float64, infinity and NaN too; raises DataError for what is no array of numbers."""
    try:
        return np.asarray(values, np.float64)
    except (TypeError, ValueError) as error:
        raise DataError(f"{what} must be numbers in an array: {error}") from error


def to_numbers(what: str, values: Any) -> Float[np.ndarray, "..."]:
    """Returns `values` as float64; raises DataError unless they are finite numbers."""
    array = to_floats(what, values)
    if not np.isfinite(array).all():
        raise DataError(f"{what} must be finite: there are infinite numbers or NaN among them")
    return array
