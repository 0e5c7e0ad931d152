"""Embeddings in the plane."""

import numpy as np
import pytest

from moregrad.errors import DataError
from moregrad.plots import embeddings
from plots.figures import render

RNG = np.random.default_rng(0)


def places(axes) -> dict[str, tuple[float, float]]:
    return {text.get_text(): text.get_position() for text in axes.texts}


def test_two_numbers_are_drawn_as_they_are():
    axes = embeddings([[1, 2], [3, 4], [5, 6]], ".ab")
    assert places(axes) == {".": (1, 2), "a": (3, 4), "b": (5, 6)}
    assert render(axes)


def test_more_are_projected_on_the_components_of_greatest_variance_and_the_share_is_told():
    weight = RNG.normal(0, 1, (27, 5)) * [10, 5, 1, 1, 0]
    axes = embeddings(weight, ".abcdefghijklmnopqrstuvwxyz")
    drawn = np.array(list(places(axes).values()))
    variances = np.linalg.eigvalsh(np.cov(weight.T))[::-1]
    assert drawn.var(axis=0, ddof=1) == pytest.approx(variances[:2])
    assert (
        axes.get_title()
        == f"embeddings of 5 numbers; the picture keeps {variances[:2].sum() / variances.sum():.0%} of their variance"
    )


@pytest.mark.parametrize("shape", [(3, 1), (1, 3), (2, 5), (120, 24)])
def test_any_shape_is_drawn(shape):
    assert render(embeddings(RNG.normal(0, 1, shape), [chr(0x430 + index) for index in range(shape[0])]))


def test_equal_vectors_are_drawn():
    assert render(embeddings(np.ones((3, 4)), ".ab"))


@pytest.mark.parametrize(
    ("weight", "characters", "message"),
    [
        ([1, 2], ".a", r"must be \(vocab, size\)"),
        ([[1, np.inf]], ".", "must be finite"),
        ([[1, 2]], ".a", "2 characters for 1 rows"),
    ],
)
def test_what_is_no_embedding_is_refused(weight, characters, message):
    with pytest.raises(DataError, match=message):
        embeddings(weight, characters)
