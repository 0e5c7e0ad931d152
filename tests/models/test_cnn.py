"""Dilated causal convolutions."""

import pytest

from models.reach import build, reach
from moregrad.errors import ConfigurationError
from moregrad.models.cnn import CNN


@pytest.mark.parametrize(("depth", "kernel_size", "growth", "tokens"), [(3, 2, 2, 8), (2, 3, 1, 5), (2, 2, 3, 5)])
def test_dilations_grow_and_the_convolutions_reach_add_up(depth: int, kernel_size: int, growth: int, tokens: int):
    assert tokens == 1 + sum((kernel_size - 1) * growth**level for level in range(depth))
    assert reach(build(CNN(embedding=8, depth=depth, kernel_size=kernel_size, growth=growth))) == tokens


def test_a_reach_that_no_memory_holds_is_refused():
    CNN(depth=11)
    with pytest.raises(ConfigurationError, match=r"depth is 12; it must be lower: .*growth.* = 2048 back, over 1,024"):
        CNN(depth=12)
    with pytest.raises(ConfigurationError, match="a number of about"):
        CNN(depth=100, growth=64)
    CNN(depth=100, growth=1)
