"""Exact draws, against the probabilities of all words."""

from itertools import islice

import numpy as np
import pytest

from moregrad.evaluation.scores import score_words
from moregrad.models.ngram import NGramModel
from moregrad.sampling.exact import BATCH, draw_exactly, draw_words
from moregrad.sampling.target import Target
from sampling.wanted import LETTERS, counted, pattern, probabilities, target, total_variation, words_of

DRAWS = 20_000


def draw(model: NGramModel, wanted: Target, order: int, draws: int = DRAWS) -> list[str]:
    ahead = wanted.look_ahead(model, order=order, most=10**8)
    assert ahead is not None
    return words_of(draw_words(ahead, draws, random=np.random.default_rng(0)))


@pytest.mark.parametrize("order", [1, 2, 4])
@pytest.mark.parametrize("text", ["*a", "?b??", "*c*b*"])
def test_words_are_drawn_as_often_as_they_are_probable_among_those_wanted(order: int, text: str):
    model, wanted = counted(order=order), target(pattern(text), 4)
    expected = probabilities(model, wanted)
    made = draw(model, wanted, order)
    assert set(made) <= expected.keys()
    assert total_variation(made, expected) < 0.7 * (len(expected) / DRAWS) ** 0.5


@pytest.mark.parametrize("options", [{"temperature": 0.4}, {"top_k": 2}, {"top_p": 0.8}, {"min_p": 0.4}])
def test_so_they_are_with_temperature_and_cuts(options):
    model, wanted = counted(order=3), target(pattern("*b*"), 4, **options)
    assert total_variation(draw(model, wanted, 3), probabilities(model, wanted)) < 0.03


def test_a_prefix_that_the_cuts_leave_out_is_given_all_the_same():
    model, wanted = counted(order=3), target(pattern("cc*"), 4, prefix="cc", top_k=1)
    assert set(draw(model, wanted, 3)) == {word for word, p in probabilities(model, wanted).items() if p}


def test_each_word_comes_with_the_models_own_surprisal():
    model, wanted = counted(order=3), target(pattern("*a*"), 6, temperature=0.5)
    ahead = wanted.look_ahead(model, order=3, most=10**8)
    assert ahead is not None
    draws = next(draw_exactly(model, ahead, seed=0))
    scores = score_words(model, LETTERS, words_of(draws.ids))
    np.testing.assert_allclose(draws.nats, [score.nats for score in scores], rtol=1e-5)


def test_the_seed_decides_and_no_batch_is_like_another():
    model = counted(order=3)
    ahead = target(pattern("*a*"), 6).look_ahead(model, order=3, most=10**8)
    assert ahead is not None
    first, second = islice(draw_exactly(model, ahead, seed=1), 2)
    again, other = (next(draw_exactly(model, ahead, seed=seed)) for seed in (1, 2))
    assert first.made == BATCH == len(first.ids)
    np.testing.assert_array_equal(first.ids, again.ids)
    assert not np.array_equal(first.ids, second.ids)
    assert not np.array_equal(first.ids, other.ids)
    assert not np.array_equal(first.ids, next(draw_exactly(model, ahead, seed=1, part=1)).ids)


def test_nothing_comes_of_the_impossible():
    model = counted(["ab"], order=3, smoothing="add-k", k=0.0)
    ahead = target(pattern("c*"), 5).look_ahead(model, order=3, most=10**8)
    assert ahead is not None
    assert list(draw_exactly(model, ahead, seed=0)) == []


def test_a_single_long_word_is_found_however_unlikely():
    model, word = counted(order=3), "cccb" * 100
    assert set(draw(model, target(pattern(word), 400), 3, draws=20)) == {word}
