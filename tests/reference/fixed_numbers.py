"""Numbers that the recording scripts and the tests both make, so that files hold only what came out."""

from zlib import crc32

import numpy as np


def fixed_numbers(name: str, *shape: int) -> np.ndarray:
    """Standard normal numbers in float32, the same for the same name on every machine."""
    return np.random.RandomState(crc32(name.encode())).standard_normal(shape).astype(np.float32)


def product(name: str, array: np.ndarray) -> float:
    """One number that any change of `array` shows in: its product with the fixed numbers of "direction `name`"."""
    return float(np.vdot(fixed_numbers(f"direction {name}", *array.shape).astype(np.float64), array))
