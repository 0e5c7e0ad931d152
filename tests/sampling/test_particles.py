"""Batches of wanted words from particles."""

from itertools import islice

import numpy as np
import pytest

from moregrad.models.ngram import NGramModel
from moregrad.sampling import particles
from moregrad.sampling.guide import Guide
from moregrad.sampling.particles import FEW, ISLANDS, MANY, search_batches
from moregrad.sampling.target import Target
from sampling.wanted import counted, pattern, probabilities, target, total_variation, words_of

MODEL, ROUGH = counted(order=4), counted(["cc", "cab", "b"], order=2)


def guide_of(wanted: Target, counts: NGramModel) -> Guide:
    ahead = wanted.look_ahead(counts, order=5, most=10**7, open_to=0.1)
    assert ahead is not None
    return Guide.of(ahead)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of particles that batches were made with."""
    numbers: list[int] = []
    search = particles.search

    def note(*args, **kwargs):
        numbers.append(kwargs["particles"])
        return search(*args, **kwargs)

    monkeypatch.setattr(particles, "search", note)
    return numbers


def test_words_of_all_batches_are_drawn_as_often_as_they_are_probable():
    wanted = target(pattern("*b?"), 4)
    made = [
        word
        for draws in islice(search_batches(MODEL, guide_of(wanted, ROUGH), wanted), 20)
        for word in words_of(draws.ids)
    ]
    expected = probabilities(MODEL, wanted)
    assert total_variation(made, expected) < 0.7 * (len(expected) / len(made)) ** 0.5


def test_the_seed_decides_and_no_batch_is_like_another():
    def batches(seed: int) -> list[list[str]]:
        wanted = target(pattern("*a*"), 5, seed=seed)
        return [words_of(draws.ids) for draws in islice(search_batches(MODEL, guide_of(wanted, ROUGH), wanted), 3)]

    first = batches(1)
    assert first == batches(1) != batches(2)
    assert first[0] != first[1] != first[2]


def test_few_particles_are_enough_for_even_weights(asked: list[int]):
    wanted = target(pattern("*a*"), 5)
    draws = list(islice(search_batches(MODEL, guide_of(wanted, MODEL), wanted), 2))
    assert set(asked) == {FEW}
    # A perfect guide leaves weights that are all alike.
    assert all(len(each.ids) > 0.9 * ISLANDS == 0.9 * each.made / FEW for each in draws)


def test_more_particles_are_taken_where_few_lose_too_much(asked: list[int], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(particles, "MOST_LOST", -1.0)
    wanted = target(pattern("*a*"), 5)
    list(islice(search_batches(MODEL, guide_of(wanted, ROUGH), wanted), 2))
    assert asked[:3] == [FEW, MANY, MANY]
    assert set(asked[1:]) == {MANY}


def test_where_nothing_is_found_batches_are_empty():
    wanted = target(pattern("*bbb"), 5, top_k=1)
    draws = next(search_batches(MODEL, guide_of(wanted, ROUGH), wanted))
    assert (draws.made, draws.ids.shape[0], draws.nats.shape) == (ISLANDS * MANY, 0, (0,))
    assert np.issubdtype(draws.ids.dtype, np.integer)
