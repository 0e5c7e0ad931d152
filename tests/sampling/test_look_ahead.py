"""The exact look-ahead, against the sum over all words."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.models.ngram import NGram
from moregrad.sampling.look_ahead import LookAhead
from moregrad.sampling.options import Sampling
from moregrad.sampling.product import BEGUN
from moregrad.sampling.target import Target
from sampling.automata import automaton_of, sets_of_words
from sampling.wanted import counted, pattern, probabilities, target

NO_LIMIT = 10**8


def ahead_of(wanted: Target, *, order: int = 3, smoothing: str = "kneser-ney") -> LookAhead:
    ahead = wanted.look_ahead(counted(order=order, smoothing=smoothing), order=order, most=NO_LIMIT)
    assert ahead is not None
    return ahead


def mass(ahead: LookAhead) -> float:
    """The probability of all wanted words."""
    return float(ahead.at(0)[BEGUN] * math.exp(ahead.scales[0]))


@pytest.mark.parametrize("order", [1, 2, 3, 5])
@pytest.mark.parametrize("smoothing", ["kneser-ney", "witten-bell", "add-k"])
@pytest.mark.parametrize("text", ["*", "?b?", "*a*c*", "b*", "abca", "??"])
def test_the_probability_of_all_wanted_words_is_the_sum_of_theirs(order: int, smoothing: str, text: str):
    wanted = target(pattern(text), 5)
    expected = sum(probabilities(counted(order=order, smoothing=smoothing), wanted).values())
    assert mass(ahead_of(wanted, order=order, smoothing=smoothing)) == pytest.approx(expected, rel=1e-5)


@given(sets_of_words, st.integers(1, 6), st.integers(1, 4))
def test_so_it_is_for_any_set_of_words(listed, longest: int, order: int):
    wanted = target(automaton_of(listed), longest)
    expected = sum(probabilities(counted(order=order), wanted).values())
    assert mass(ahead_of(wanted, order=order)) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    "options", [{"temperature": 0.5}, {"temperature": 3.0}, {"top_k": 2}, {"top_p": 0.7}, {"min_p": 0.3}]
)
def test_temperature_and_cuts_come_before_what_is_wanted(options):
    wanted = target(pattern("*b*"), 4, **options)
    expected = sum(probabilities(counted(order=3), wanted).values())
    assert mass(ahead_of(wanted)) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("options", [{}, {"top_k": 1}])
@pytest.mark.parametrize("order", [1, 2, 3])
def test_a_prefix_is_given_and_not_drawn(order: int, options):
    wanted = target(pattern("bc*"), 5, prefix="bc", **options)
    expected = sum(probabilities(counted(order=order), wanted).values())
    assert mass(ahead_of(wanted, order=order)) == pytest.approx(expected, rel=1e-5)


def test_what_tokens_add_is_the_value_of_the_pair():
    ahead = ahead_of(target(pattern("*a*b"), 5))
    for length, (pairs, values) in enumerate(zip(ahead.pairs, ahead.values, strict=True)):
        added = ahead.weigh(pairs, length, ahead.at(length + 1)).sum(axis=1)
        factor = math.exp(ahead.scales[length + 1] - ahead.scales[length])
        np.testing.assert_allclose(added * factor, values)


def test_what_is_hopelessly_unlikely_is_told_from_the_impossible():
    wanted = target(pattern("abc" * 300), 900)
    ahead = ahead_of(wanted)
    assert not ahead.is_impossible
    assert ahead.scales[0] < -745


def test_words_that_unsmoothed_counts_hold_impossible_are_recognised():
    wanted, model = target(pattern("*cc*"), 5), counted(["ab", "ba", "ca"], order=3, smoothing="add-k", k=0.0)
    ahead = wanted.look_ahead(model, order=3, most=NO_LIMIT)
    assert ahead is not None
    assert ahead.is_impossible
    assert target(pattern("*ab"), 5).look_ahead(model, order=3, most=NO_LIMIT).is_impossible is False  # type: ignore[union-attr]


def test_words_longer_than_the_longest_are_impossible():
    assert ahead_of(target(pattern("????"), 3)).is_impossible


def test_one_letter_suffices():
    letter = Vocabulary("λ")
    model = NGram(order=2).count(EncodedWords.of(["λλ", "λ"], letter), 2)
    wanted = Target(pattern("λ*", letter), Sampling(), letter.encode(""), 12)
    ahead = wanted.look_ahead(model, order=2, most=NO_LIMIT)
    assert ahead is not None
    assert mass(ahead) == pytest.approx(sum(probabilities(model, wanted, letter).values()), rel=1e-5)
