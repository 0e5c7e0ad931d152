"""Numbers and types as C writes them; what they compute, the tests of primitives tell."""

import numpy as np
import pytest

from moregrad.formats.translation.c_tables import BYTES, TYPES, C
from moregrad.formats.translation.jaxpr import DTYPES


@pytest.mark.parametrize(
    ("value", "dtype", "written"),
    [
        (0.5, "float32", "0.5f"),
        (-2.0, "float32", "(-2.0f)"),
        (0, "float64", "0.0"),
        (float("inf"), "float32", "INFINITY"),
        (float("-inf"), "float32", "(-INFINITY)"),
        (float("nan"), "float32", "NAN"),
        (-(2**31), "int32", "(-2147483647 - 1)"),
        (2**32 - 1, "uint32", "4294967295u"),
        (True, "bool", "1"),
    ],
)
def test_numbers(value: float, dtype: str, written: str):
    assert C.literal(value, dtype) == written


@pytest.mark.parametrize("value", [1 / 3, 1e-30, 3.4e38, 1.4e-45, 16777216.0, 1e5, 123456.789])
def test_numbers_keep_all_their_digits(value: float):
    written = C.literal(np.float32(value).item(), "float32")
    assert written.endswith("f")
    assert "." in written or "e" in written
    assert np.float32(written[:-1]) == np.float32(value)


def test_every_type_has_a_width_and_operations():
    assert set(DTYPES) == set(BYTES)
    assert set(DTYPES) <= set(C.operations)
    assert set(C.operations) == set(C.wrapped) == set(TYPES)
