"""Graphs under construction."""

import jax
import numpy as np
import pytest
from onnx import numpy_helper

from moregrad.errors import ModelError
from moregrad.formats.onnx.graph import Graph, kind_of

(B, OTHER) = jax.export.symbolic_shape("b, c")


def graph() -> Graph:
    return Graph(B, "token")


def test_a_constant_is_kept_once():
    built, weight = graph(), np.ones(3, np.float32)
    assert built.name(weight) == built.name(weight) != built.name(np.ones(3, np.float32))
    assert len(built.initializers) == 2


def test_whole_numbers_have_one_type_and_real_ones_another():
    built = graph()
    built.name(np.array([255], np.uint8))
    assert numpy_helper.to_array(built.initializers[0]).dtype == np.int32
    assert kind_of(np.float32) == np.float32
    for dtype in (np.float64, np.int64, np.uint32, np.complex64):
        with pytest.raises(ModelError, match="numbers of the type"):
            kind_of(dtype)


def test_sizes_are_known_or_multiples_of_the_number_of_rows():
    built = graph()
    assert built.multiple(3 * B) == 3
    np.testing.assert_array_equal(built.shape((2, 3)), [2, 3])
    assert isinstance(built.shape((2, B)), str)
    for size in (B + 1, B * B, OTHER):
        with pytest.raises(ModelError, match="has a size of"):
            built.multiple(size)


def test_axes_in_their_order_need_no_node():
    built = graph()
    count = len(built.nodes)
    assert built.transpose("x", (0, 1)) == "x"
    np.testing.assert_array_equal(built.transpose(np.eye(2, 3), (1, 0)), np.eye(3, 2))
    assert len(built.nodes) == count
