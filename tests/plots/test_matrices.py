"""Matrices of pairs."""

import numpy as np
import pytest

from moregrad.errors import DataError
from moregrad.ngrams import Bigrams
from moregrad.plots import bigrams, heatmap
from moregrad.plots.canvas import SMALL
from plots.figures import inches, render, smallest_text


def cells(axes):
    return {(round(text.get_position()[1]), round(text.get_position()[0])): text.get_text() for text in axes.texts}


def test_the_cells_of_the_lecture_have_its_pairs_and_counts(names_words):
    counted = Bigrams.of(names_words)
    written = cells(bigrams(counted.counts, counted.characters))
    assert len(written) == 27 * 27
    assert written[0, 1] == ".a\n4410"
    assert written[14, 0] == "n.\n6763"
    assert written[0, 0] == "..\n0"


def test_probabilities_have_three_decimals():
    written = cells(bigrams([[0.25, 0.75], [0.99999, 0.00001]], ".a"))
    assert [text.split("\n")[1] for text in written.values()] == [".250", ".750", "1.000", ".000"]


def test_long_numbers_are_shortened():
    written = cells(bigrams([[12345, 123456], [45_678_901, 1234.5]], ".a"))
    assert [text.split("\n")[1] for text in written.values()] == ["12345", "123k", "46M", "1234"]


def test_text_can_be_read_at_the_size_saved_and_fits_its_cell():
    axes = bigrams(np.full((27, 27), 99999), ".abcdefghijklmnopqrstuvwxyz")
    render(axes)
    cell = axes.get_window_extent().width / 27
    assert smallest_text(axes.texts) >= 7
    assert max(text.get_window_extent().width for text in axes.texts) < cell
    assert SMALL >= 7


def test_a_cell_is_the_darker_the_more_often_its_pair_occurs_and_a_constant_matrix_is_drawn():
    (image,) = heatmap([[1, 2], [3, 4]], ".a").images
    shades = np.asarray(image.to_rgba(np.array([1, 2, 3, 4.0])))[:, :3].sum(axis=1)
    assert (np.diff(shades) < 0).all()
    assert render(heatmap(np.zeros((2, 2)), ".a"))


def test_large_alphabets_have_a_heat_map_and_no_numbers():
    characters = [chr(0x400 + index) for index in range(120)]
    with pytest.raises(
        DataError, match="120 characters are too many for numbers in the cells, at most 48; use heatmap"
    ):
        bigrams(np.ones((120, 120)), characters)
    axes = heatmap(np.ones((120, 120)), characters)
    assert not axes.texts
    assert max(inches(axes)) < 15
    assert render(axes)


@pytest.mark.parametrize("draw", [bigrams, heatmap])
@pytest.mark.parametrize(
    ("matrix", "characters", "message"),
    [
        ([[1, 2, 3], [1, 2, 3]], ".a", "must have as many rows as columns"),
        ([[1, 2], [3, -4]], ".a", "holds -4: counts and probabilities must be 0 or more"),
        ([[1, 2], [3, np.nan]], ".a", "must be finite"),
        ([[1, 2], [3, 4]], ".ab", "3 characters for 2 rows"),
        ([1, 2], ".a", r"must be \(vocab, vocab\)"),
    ],
)
def test_what_is_no_matrix_of_pairs_is_refused(draw, matrix, characters, message):
    with pytest.raises(DataError, match=message):
        draw(matrix, characters)
