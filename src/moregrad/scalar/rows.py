"""The arguments of a program, rows of examples and weights, checked and made into arrays."""

from typing import Any

from moregrad.errors import ScalarError


def read_rows(rows: Any, inputs: int) -> tuple[Any, bool]:
    """`rows` as an array of floats of shape (inputs, examples), and whether they were one example without a list."""
    import numpy as np

    numbers, table = None, None
    try:
        table = np.asarray(rows)
        numbers = table.astype(np.float64) if table.dtype.kind in "biufO" else None
    except (TypeError, ValueError, OverflowError):
        pass
    if numbers is None or table is None:
        raise ScalarError(f"rows {rows!r}: they must be rows of numbers, {inputs} in each")
    shape = numbers.shape
    if len(shape) not in (1, 2) or shape[len(shape) - 1] != inputs or (len(shape) == 2 and shape[0] == 0):
        raise ScalarError(f"rows of shape {shape}: it must be (examples, {inputs}), or ({inputs},) for one example")
    if len(shape) == 2 and table.dtype == object:
        raise ScalarError("rows of several examples must be numbers; only the row of one example may contain Values")
    if np.isnan(numbers).any():
        raise ScalarError(
            f"nan among the rows, first at {np.argwhere(np.isnan(numbers))[0].tolist()}: it is not a number"
        )
    return np.ascontiguousarray(np.atleast_2d(numbers).T), len(shape) == 1


def read_weights(weights: Any, examples: int) -> Any:
    import numpy as np

    try:
        shares = np.asarray(weights, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ScalarError(f"weights {weights!r}: they must be {examples} numbers") from None
    if shares.shape != (examples,) or not np.isfinite(shares).all():
        raise ScalarError(
            f"weights {shares.tolist()} of shape {shares.shape}: they must be ({examples},) finite numbers"
        )
    return shares
