"""Surprisal in a word, and what may come next."""

import numpy as np
import pytest

from moregrad.errors import DataError
from moregrad.plots import probabilities, surprisal
from plots.figures import bars, inches, render, ticks


def written(axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def test_each_character_has_a_box_and_its_nats_below_and_the_end_is_a_dot():
    axes = surprisal("ab", [1, 2.5, 0.25])
    assert written(axes) == ["a", "1.00", "b", "2.50", ".", "0.25"]
    assert axes.get_title() == "3.75 nats, 1.25 per character"
    assert render(axes)


def test_the_likeliest_character_stands_below_in_brackets():
    assert written(surprisal("a", [1, 2], expected=["b", " "])) == ["a", "1.00\n(b)", ".", "2.00\n(␣)"]


def test_a_character_is_the_darker_the_more_it_surprises():
    boxes = surprisal("abc", [0, 1, 2, 3]).collections
    lightness = [np.asarray(box.get_facecolor())[0, :3].sum() for box in boxes]
    assert lightness == sorted(lightness, reverse=True)


def test_what_is_impossible_is_infinite():
    axes = surprisal("q", [np.inf, 1])
    assert written(axes)[1] == "∞"
    assert axes.get_title() == "∞ nats"
    assert render(axes)


@pytest.mark.parametrize("word", ["", "a", "ab" * 30, "中я$ \u0301", "فارسی"])
def test_any_word_is_drawn(word: str):
    nats = np.linspace(0, 9, len(word) + 1)
    axes = surprisal(word, nats, expected="x" * (len(word) + 1))
    assert inches(axes)[0] < 13
    assert render(axes)


@pytest.mark.parametrize(
    ("nats", "expected", "message"),
    [
        ([1, 2], None, "2 surprisals for 'ab': must be 3, one for each character and one for the end"),
        ([1, 2, 3], "a", "3 surprisals and 1 expected characters for 'ab': must be 3"),
        ([1, 2, -3], None, "surprisals hold -3: they must be 0 or more"),
        ([1, 2, np.nan], None, "surprisals must be finite"),
        ("x", None, "surprisals must be numbers in an array"),
    ],
)
def test_surprisals_that_are_none_are_refused(nats, expected, message):
    with pytest.raises(DataError, match=message):
        surprisal("ab", nats, expected=expected)


def test_the_likeliest_character_comes_first():
    axes = probabilities(".ab", [0.1, 0.3, 0.6])
    assert bars(axes) == [0.6, 0.3, 0.1]
    assert ticks(axes, "x") == ["b", "a", "."]
    assert written(axes) == ["60", "30", "10"]
    assert render(axes)


def test_small_probabilities_keep_a_decimal():
    assert written(probabilities(".ab", [0.9949, 0.005, 0.0001])) == ["99", "0.5", "0"]


def test_of_a_large_alphabet_the_rest_is_one_bar():
    axes = probabilities([chr(0x400 + index) for index in range(148)], np.full(148, 1 / 148))
    heights = bars(axes)
    assert (len(heights), sum(heights)) == (40, pytest.approx(1))
    assert heights[-1] == pytest.approx(109 / 148)
    assert ticks(axes, "x")[-1] == "rest"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([0.5], "2 characters for 1 probabilities"),
        ([0.5, np.nan], "probabilities must be finite"),
        ([0.5, 1.5], "probabilities between 0.5 and 1.5: they lie between 0 and 1"),
        ([[0.5, 0.5]], r"must be \(vocab\)"),
    ],
)
def test_probabilities_that_are_none_are_refused(values, message):
    with pytest.raises(DataError, match=message):
        probabilities(".a", values)
