"""The GRU."""

from typing import get_args

import pytest

from models.reach import build, reach
from moregrad.layers.cells import GRUCell, Reset, ResetFirstGRUCell
from moregrad.layers.layer import parameters
from moregrad.models.gru import GRU

EMBEDDING, HIDDEN = 3, 4
TABLE, HEAD, START = 5 * EMBEDDING, 5 * (HIDDEN + 1), HIDDEN


@pytest.mark.parametrize(("reset", "biases"), [("after", 2), ("before", 1)])
def test_it_has_the_parameters_of_a_gru(reset: Reset, biases: int):
    """PyTorch's has 3 (e h + h h + 2 h); with the reset before the product one bias is enough."""
    cell = 3 * (EMBEDDING * HIDDEN + HIDDEN * HIDDEN + biases * HIDDEN)
    model = build(GRU(embedding=EMBEDDING, hidden=HIDDEN, reset=reset))
    assert parameters(model) == TABLE + cell + START + HEAD


def test_the_reset_gate_is_where_the_setting_says():
    kinds = [type(build(GRU(embedding=3, hidden=4, reset=reset)).body.layers[0].cell) for reset in get_args(Reset)]
    assert dict(zip(get_args(Reset), kinds, strict=True)) == {"after": GRUCell, "before": ResetFirstGRUCell}


def test_it_sees_the_whole_word():
    assert reach(build(GRU(embedding=8, hidden=8))) == 12
