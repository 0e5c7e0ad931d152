"""The causal bag of words."""

import numpy as np
import pytest

from models.reach import build, logits, reach
from moregrad.layers.layer import parameters
from moregrad.models.bow import BoW

LEARNED, NONE = (BoW(embedding=8, hidden=8, positions=positions) for positions in ("learned", "none"))


@pytest.mark.parametrize("architecture", [LEARNED, NONE], ids=lambda architecture: architecture.positions)
def test_the_order_of_the_characters_before_makes_no_difference(architecture: BoW):
    one, other, another = np.asarray(logits(build(architecture), [[0, 1, 2, 3, 4], [0, 3, 1, 2, 4], [0, 1, 2, 4, 3]]))
    np.testing.assert_allclose(one, other, atol=1e-6)
    assert abs(one - another).max() > 1e-4


def test_it_sees_the_whole_word():
    assert reach(build(LEARNED)) == 12


def test_a_table_of_positions_limits_the_length_of_words():
    assert parameters(build(LEARNED)) - parameters(build(NONE)) == 16 * 8
    assert (build(LEARNED).longest, build(NONE).longest) == (15, None)
