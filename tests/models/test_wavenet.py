"""The hierarchy of the fifth lecture."""

import jax.random as jr
import numpy as np
import pytest

from models.reach import WORD, build, logits, reach
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Windows
from moregrad.layers.layer import parameters
from moregrad.models.wavenet import WaveNet


def test_it_has_as_many_parameters_as_the_lecture_prints():
    assert parameters(WaveNet().build(27, 16, key=jr.key(0))) == 76_579


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_it_sees_two_to_the_power_of_its_levels(levels: int):
    architecture = WaveNet(levels=levels, embedding=4, hidden=8)
    assert reach(build(architecture)) == 2**levels
    rows = architecture.examples(EncodedWords(np.array([*WORD, 0], np.uint8)), 27)
    assert isinstance(rows, Windows)
    assert rows.context == 2**levels


def test_neighbours_are_joined_two_by_two():
    model = build(WaveNet(levels=2, embedding=3, hidden=4))
    x = np.asarray(model.embedding.weight)[[1, 2, 3, 4]]
    for linear in (model.layers.layers[1], model.layers.layers[5]):
        x = x.reshape(len(x) // 2, -1) @ np.asarray(linear.weight)
        x = np.tanh(x / np.sqrt(1 + 1e-5))  # BatchNorm that has seen nothing
    head = model.layers.layers[-1]
    expected = x[0] @ np.asarray(head.weight).T + np.asarray(head.bias)
    np.testing.assert_allclose(logits(model, [[0, 1, 2, 3, 4]])[0], expected, rtol=1e-4, atol=1e-6)
