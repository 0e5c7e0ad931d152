"""Lists of words beside each other."""

import polars as pl
import pytest

from moregrad.errors import DataError
from moregrad.plots import lengths, letters
from plots.figures import bars, legend, render, ticks


def test_the_share_of_words_of_each_length_is_a_bar_and_lengths_between_have_none():
    axes = lengths({"list": ["ab", "ab", "abcd", "a"]})
    assert bars(axes) == [0.25, 0.5, 0, 0.25]
    assert axes.xaxis.get_major_formatter()(0, None) == "1"
    assert axes.get_legend() is None
    assert render(axes)


def test_several_lists_stand_beside_each_other():
    axes = lengths({"list": pl.Series(["ab", "abc"]), "samples": ["ab"]})
    assert bars(axes) == [0.5, 0.5, 1, 0]
    assert legend(axes) == ["list", "samples"]


def test_the_commonest_character_of_the_first_list_comes_first():
    axes = letters({"list": ["aab"], "samples": ["bc"]})
    assert ticks(axes, "x") == ["a", "b", "c"]
    assert bars(axes) == pytest.approx([2 / 3, 1 / 3, 0, 0, 0.5, 0.5])
    assert render(axes)


def test_of_a_large_alphabet_forty_are_shown_and_that_is_told():
    axes = letters({"list": ["".join(chr(0x400 + index) for index in range(100))]})
    assert len(axes.patches) == 40
    assert axes.get_xlabel() == "character, the 40 most common of 100"


@pytest.mark.parametrize("words", [["a"], ["a" * 60, "b"], ["ж" * 200]])
def test_words_of_any_length_are_drawn(words):
    assert render(lengths({"list": words}))
    assert render(letters({"list": words}))


@pytest.mark.parametrize("draw", [lengths, letters])
def test_lists_without_words_are_refused(draw, untyped_caller):
    with pytest.raises(DataError, match="there is no word in 'samples'; give at least one"):
        draw({"list": ["a"], "samples": []})
    for wrong in ({}, ["emma"]):
        with pytest.raises(DataError, match="give lists of words by name"):
            draw(wrong)
