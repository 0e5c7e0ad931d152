"""Attention maps and receptive fields."""

import numpy as np
import pytest

from moregrad.errors import DataError
from moregrad.plots import attention, receptive_field
from plots.figures import inches, render, smallest_text, ticks

RNG = np.random.default_rng(0)


def causal(*shape: int) -> np.ndarray:
    weights = np.tril(RNG.random(shape))
    return weights / weights.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize(("shape", "titles"), [((4, 5, 5), "head 1"), ((2, 3, 5, 5), "block 1, head 1")])
def test_heads_stand_side_by_side_and_each_has_its_name(shape, titles):
    weights = causal(*shape)
    axes = attention(weights, ".emma")
    assert len(axes.images) == np.prod(shape[:-2])
    assert axes.texts[0].get_text() == titles
    for image, expected in zip(axes.images, weights.reshape(-1, 5, 5), strict=True):
        assert np.array_equal(np.asarray(image.get_array()), expected)
    extents = [image.get_extent() for image in axes.images]
    assert len(set(map(tuple, extents))) == len(extents)
    assert render(axes)


def test_both_sides_of_a_map_are_labelled_with_the_word():
    axes = attention(causal(1, 5, 5), ".emma")
    assert ticks(axes, "x") == [*".emma"]
    assert ticks(axes, "y") == [*".emma"]
    assert smallest_text(axes.get_xticklabels()) >= 7


@pytest.mark.parametrize("length", [1, 2, 61])
def test_words_of_any_length_are_drawn_in_a_figure_that_can_be_looked_at(length: int):
    axes = attention(causal(4, length, length), "a" * length)
    assert max(inches(axes)) < 20
    assert render(axes)


@pytest.mark.parametrize(
    ("weights", "characters", "message"),
    [
        (np.ones((2, 2)), "ab", r"attention of shape \(2, 2\): must be \(\[blocks,\] heads, time, time\)"),
        (np.ones((1, 2, 3)), "ab", "must be"),
        (np.full((1, 2, 2), 1.5), "ab", "attention between 1.5 and 1.5: weights lie between 0 and 1"),
        (np.full((1, 2, 2), np.nan), "ab", "attention must be finite"),
        (np.ones((1, 2, 2)), "abc", "3 characters for 2 positions"),
    ],
)
def test_what_is_no_attention_is_refused(weights, characters, message):
    with pytest.raises(DataError, match=message):
        attention(weights, characters)


def test_a_field_tells_how_many_positions_are_seen():
    axes = receptive_field(np.triu(np.tril(np.ones((6, 6))), -2))
    assert axes.get_title() == "at most 3 positions seen"
    assert render(axes)
    assert receptive_field([[1.0]]).get_title() == "at most 1 position seen"


def test_a_field_of_a_word_has_its_characters():
    axes = receptive_field(np.eye(5), ".emma")
    assert ticks(axes, "y") == [*".emma"]


def test_what_is_no_field_is_refused():
    with pytest.raises(DataError, match=r"must be \(time, time\)"):
        receptive_field([1, 2])
    with pytest.raises(DataError, match="must be finite"):
        receptive_field([[np.nan]])
    with pytest.raises(DataError, match="2 characters for 1 positions"):
        receptive_field([[1]], "ab")
