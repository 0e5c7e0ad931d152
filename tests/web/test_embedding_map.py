"""Maps of embeddings that do not jump from one step to the next."""

import numpy as np
import pytest
from runs.prepared import prepared

from moregrad.formats.facts import map_characters
from moregrad.runs import Run
from moregrad.web.embedding_map import follow, turn


@pytest.mark.parametrize("mirrored", [1.0, -1.0])
def test_a_map_that_was_turned_and_mirrored_is_turned_back(mirrored: float):
    places, angle = np.random.default_rng(1).normal(size=(9, 2)), 2.0
    turned = places @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * [1.0, mirrored]
    assert np.allclose(turn(turned, places), places)


def test_turning_keeps_all_distances():
    places, before = np.random.default_rng(2).normal(size=(2, 9, 2))
    turned = turn(places, before)
    assert np.allclose(np.linalg.norm(turned[0] - turned, axis=1), np.linalg.norm(places[0] - places, axis=1))
    assert np.sum((turned - before) ** 2) <= np.sum((places - before) ** 2)


def test_the_first_map_is_that_of_a_page_and_the_next_of_the_same_run_the_same(small: Run):
    first = follow(small, None)
    assert first == map_characters(small)
    assert np.allclose(follow(small, first)["places"], first["places"], atol=2e-5)


def test_counts_have_no_map():
    counts = prepared("ngram", order=2)
    assert follow(counts, None) == follow(counts, {"reason": ""}) == map_characters(counts)
