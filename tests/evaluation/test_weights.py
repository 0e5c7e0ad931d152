"""Weights of averaged models, fitted to words held out."""

from typing import Any

import jax.random as jr
import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.evaluation.surprisal import surprisals
from moregrad.evaluation.weights import PRIOR, fit_weights, mixing_weights
from moregrad.models.mixture import Mixture
from moregrad.models.model import Model
from moregrad.models.ngram import NGram

WORDS = EncodedWords.of(["dbca", "ab", "c", "badc", "acbd"] * 100, Vocabulary("abcd"))
OTHERS = EncodedWords.of(["abba", "bb", "dd", "abab"] * 100, Vocabulary("abcd"))


def fitted_to(model: Model, words: EncodedWords) -> Any:
    return fit_weights(model, lambda part: surprisals(part, words))


def loss(nats: np.ndarray, weights: np.ndarray) -> float:
    return -np.log(weights @ np.exp(-nats)).sum()


def test_weights_are_the_likeliest():
    nats = np.random.default_rng(0).gamma(2.0, 1.0, (2, 20_000))
    nats[0] -= 0.2
    before = np.array([0.5, 0.5])
    found = mixing_weights(nats, before)[0]
    grid = np.linspace(0.001, 0.999, 999)
    costs = [loss(nats, np.array([w, 1 - w])) - PRIOR * before @ np.log([w, 1 - w]) for w in grid]
    assert found == pytest.approx(grid[int(np.argmin(costs))], abs=0.002)


def test_weights_add_up_to_one_and_few_words_move_them_little():
    found = mixing_weights(np.array([[0.1] * 3, [5.0] * 3]), np.array([0.5, 0.5]))
    assert found.sum() == pytest.approx(1)
    assert 0.5 < found[0] < 0.53


def test_impossible_and_very_surprising_words_are_no_trouble():
    found = mixing_weights(np.array([[np.inf, 800.0], [900.0, 1.0]]), np.array([0.5, 0.5]))
    assert np.isfinite(found).all()


def test_what_every_part_holds_impossible_is_left_out():
    nats, before = np.array([[1.0, 2.0], [2.0, 3.0]]), np.array([0.5, 0.5])
    impossible = np.full((2, 1), np.inf)
    assert mixing_weights(np.hstack([nats, impossible]), before) == pytest.approx(mixing_weights(nats, before))
    assert mixing_weights(impossible, before) == pytest.approx(before)


def test_a_model_that_was_fitted_is_fitted_anew_from_the_weights_it_began_with():
    begun = Mixture((NGram(order=1), NGram(order=4))).build(5, 5, key=jr.key(0)).count(WORDS)
    once = fitted_to(begun, WORDS)
    again: Any = fit_weights(once, lambda part: surprisals(part, WORDS), begun=begun)
    assert (again.log_weights.value == once.log_weights.value).all()


def test_a_mixture_is_fitted_to_the_words_and_never_worse_on_them():
    mixture = Mixture((NGram(order=1), NGram(order=4))).build(5, 5, key=jr.key(0)).count(WORDS)
    fitted = fitted_to(mixture, WORDS)
    assert np.exp(fitted.log_weights.value)[1] > 0.9
    assert surprisals(fitted, WORDS).mean() < surprisals(mixture, WORDS).mean()
    assert surprisals(fitted_to(mixture, OTHERS), OTHERS).mean() <= surprisals(mixture, OTHERS).mean()


def test_weights_that_were_given_stay():
    given = Mixture((NGram(order=1), NGram(order=4)), weights=(1.0, 1.0)).build(5, 5, key=jr.key(0)).count(WORDS)
    assert fitted_to(given, WORDS) is given


def test_a_model_that_stands_alone_stays():
    alone = NGram(order=2).count(WORDS, 5)
    assert fitted_to(alone, WORDS) is alone
