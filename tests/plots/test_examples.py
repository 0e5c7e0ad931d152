"""One-hot rows and the gradient of the logits."""

import numpy as np
import pytest

from moregrad.errors import DataError
from moregrad.plots import logits_gradient, one_hot
from plots.figures import render, ticks

ALPHABET = ".abcdefghijklmnopqrstuvwxyz"


def test_each_row_has_one_in_the_column_of_its_token():
    axes = one_hot([0, 5, 13, 13, 1], ALPHABET)
    image = np.asarray(axes.images[0].get_array())
    assert image.shape == (5, 27)
    assert image.argmax(axis=1).tolist() == [0, 5, 13, 13, 1]
    assert image.sum() == 5
    assert ticks(axes, "y") == [".", "e", "m", "m", "a"]
    assert render(axes)


@pytest.mark.parametrize("count", [1, 200])
def test_any_number_of_tokens_is_drawn(count: int):
    assert render(one_hot([1] * count, [chr(0x400 + index) for index in range(130)]))


@pytest.mark.parametrize("tokens", [[27], [-1], [0.5]])
def test_a_token_without_a_character_is_refused(tokens):
    with pytest.raises(DataError, match="tokens must be whole numbers from 0 to 26, one for each of 27 characters"):
        one_hot(tokens, ALPHABET)


def test_the_target_of_each_row_is_blue_and_marked_and_0_is_white():
    probabilities = np.full((2, 27), 1 / 27)
    gradient = probabilities.copy()
    gradient[[0, 1], [3, 8]] -= 1
    axes = logits_gradient(gradient, [3, 8], ALPHABET)
    (image,) = axes.images
    (marks,) = axes.get_lines()
    assert np.asarray(marks.get_xdata()).tolist() == [3, 8]
    red, _, blue, _ = image.to_rgba(gradient)[0, 3]
    assert blue > red
    assert image.to_rgba(np.zeros((1, 1)))[0, 0, :3] == pytest.approx((1, 1, 1), abs=0.02)
    assert render(axes)


def test_without_characters_logits_are_numbered_and_a_gradient_of_0_is_drawn():
    axes = logits_gradient(np.zeros((4, 6)), [0, 1, 2, 3])
    assert axes.get_xlabel() == "logit"
    assert render(axes)


@pytest.mark.parametrize(
    ("gradient", "targets", "message"),
    [
        ([1.0], [0], r"must be \(batch, vocab\)"),
        ([[1, 2]], [0, 1], "2 targets for 1 rows of logits"),
        ([[1, 2]], [2], "targets must be whole numbers from 0 to 1"),
        ([[1, np.nan]], [0], "must be finite"),
    ],
)
def test_what_is_no_gradient_of_logits_is_refused(gradient, targets, message):
    with pytest.raises(DataError, match=message):
        logits_gradient(gradient, targets)
