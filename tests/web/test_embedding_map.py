"""Maps of embeddings: two principal components that do not jump from one step to the next."""

import numpy as np
from runs.prepared import prepared

from moregrad.runs import Run
from moregrad.web.embedding_map import embedding_map, has_map, place, to_json


def test_the_picture_keeps_as_much_of_the_distances_as_a_plane_can():
    vectors = np.random.default_rng(0).normal(size=(9, 5)) * [5, 3, 0.1, 0.1, 0.1]
    points = place(vectors)
    kept = (points**2).sum()
    assert np.isclose(kept, np.sort(np.linalg.eigvalsh(np.cov(vectors.T, bias=True) * 9))[-2:].sum())


def test_a_picture_that_was_turned_and_mirrored_is_turned_back():
    vectors = np.random.default_rng(1).normal(size=(9, 4))
    before = place(vectors)
    turn = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert np.allclose(place(vectors, before @ turn), before @ turn)


def test_vectors_of_one_number_lie_on_a_line():
    assert np.allclose(place(np.array([[1.0], [2.0], [4.0]]))[:, 1], 0)


def test_every_character_has_a_point(small: Run):
    found = embedding_map(small)
    assert has_map(small)
    assert found
    assert "".join(found[0]) == "." + small.vocabulary.characters
    assert found[1].shape == (len(found[0]), 2)


def test_counts_have_no_map():
    counts = prepared("ngram", order=2)
    assert not has_map(counts)
    assert embedding_map(counts) is to_json(None) is None
