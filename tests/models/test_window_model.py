"""Models of the last few tokens, shown by one whose logits are the tokens that it sees."""

from typing import Any

import jax.numpy as jnp
import jax.random as jr
import numpy as np
import pytest

from moregrad.layers.embedding import Embedding
from moregrad.layers.norm import BatchNorm
from moregrad.layers.sequential import FlattenConsecutive, Sequential
from moregrad.models.window_model import WindowModel

TOKENS = jnp.asarray([[0, 2, 1, 0, 3]])
NUMBERS = Embedding(jnp.arange(5.0)[:, None])


@pytest.fixture(params=[0, 4], ids=["padded with the boundary", "padded with a token of its own"])
def mirror(request: pytest.FixtureRequest) -> WindowModel:
    return WindowModel(NUMBERS, Sequential.of([FlattenConsecutive(3)]), context=3, padding=request.param)


def test_each_window_holds_the_last_tokens_of_the_word(mirror: WindowModel):
    pad = mirror.padding
    expected = [[0, 2, 1], [pad, pad, 0], [pad, 0, 3]]
    assert mirror(TOKENS)[0].tolist() == expected
    assert mirror.lead == 2


def test_a_row_shorter_than_the_window_has_one_position(mirror: WindowModel):
    assert mirror(jnp.asarray([[0, 2]]))[0].tolist() == [[mirror.padding, 0, 2]]


def test_advancing_gives_the_windows_of_the_whole(mirror: WindowModel):
    state, pad = mirror.begin(1), mirror.padding
    for token, expected in zip(
        TOKENS[0], [[pad, pad, 0], [pad, 0, 2], [0, 2, 1], [pad, pad, 0], [pad, 0, 3]], strict=True
    ):
        logits, state = mirror.advance(state, token[None])
        assert logits[0].tolist() == expected


def test_training_moves_the_running_statistics_of_its_layers():
    model = WindowModel(NUMBERS, Sequential.of([BatchNorm.init(1, momentum=1.0)]), context=1, padding=0)
    refreshed: Any = model.observe(TOKENS, key=jr.key(0))[1]
    np.testing.assert_allclose(refreshed.layers.layers[0].mean.value, [np.mean(TOKENS)], rtol=1e-6)
