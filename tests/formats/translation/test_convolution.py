"""Convolutions of one axis and of two, with steps, gaps, padding and groups."""

import numpy as np
import pytest
from jax import lax

from formats.engines import check
from moregrad.errors import ModelError

RANDOM = np.random.default_rng(0)
LINE, LINES = RANDOM.normal(size=(2, 4, 9)).astype(np.float32), RANDOM.normal(size=(6, 4, 3)).astype(np.float32)
PLANE, PLANES = RANDOM.normal(size=(1, 5, 6, 2)).astype(np.float32), RANDOM.normal(size=(3, 2, 2, 4)).astype(np.float32)


def test_lines():
    check(
        {
            "valid": lambda x, w: lax.conv(x, w, (1,), "VALID"),
            "same": lambda x, w: lax.conv(x, w, (1,), "SAME"),
            "causal": lambda x, w: lax.conv_general_dilated(x, w, (1,), [(4, 0)], rhs_dilation=(2,)),
            "in steps": lambda x, w: lax.conv(x, w, (2,), "SAME"),
            "groups": lambda x, w: lax.conv_general_dilated(x, w[:, :2], (1,), "SAME", feature_group_count=2),
        },
        LINE,
        LINES,
    )


def test_planes():
    def convolve(x, w):
        return lax.conv_general_dilated(x, w, (2, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))

    check({"plane": convolve}, PLANE, PLANES)


def test_a_transposed_one_is_refused():
    def transposed(x, w):
        return lax.conv_transpose(x, w, (2,), "SAME", dimension_numbers=("NCH", "OIH", "NCH"))

    with pytest.raises(ModelError, match="transposed convolution"):
        check({"transposed": transposed}, LINE, LINES)
