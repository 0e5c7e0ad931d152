"""Ranks of words, against an enumeration of all."""

import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.models.ngram import NGram
from moregrad.sampling.ranks import EXACT, Rank, Ranks
from sampling.enumeration import all_words, scored
from sampling.table import MODEL, VOCABULARY

LETTERS = Vocabulary("abcdef")
LIST = EncodedWords.of(["abcd", "faced", "beadea", "dad", "fed", "cafe", "decade"], LETTERS)
COUNTS = NGram(order=2, smoothing="witten-bell").count(LIST, len(LETTERS))
LONGEST = 6


@pytest.fixture(scope="module")
def nats() -> np.ndarray:
    """The nats of all words of 1 to LONGEST letters, in order: 55,986."""
    return np.sort(scored(COUNTS, LETTERS, all_words(LETTERS, LONGEST)))


@pytest.fixture(scope="module")
def ranks() -> Ranks:
    return Ranks.of(COUNTS, len(LETTERS), longest=LONGEST)


def test_the_most_probable_words_have_exact_ranks(nats: np.ndarray, ranks: Ranks):
    """Words that differ by rounding alone share a rank."""
    found, errors = ranks(nats[:EXACT])
    assert (errors == 0).all()
    assert (found <= np.arange(1, EXACT + 1)).all()
    apart = np.flatnonzero(np.diff(nats[:EXACT], prepend=0) > 2e-4)
    assert len(apart) > 100
    assert (found[apart] == apart + 1).all()


def test_estimates_are_right_within_their_errors(nats: np.ndarray):
    """With 12 seeds; draws that did not end in time, of which there are many, and empty words are corrected for."""
    places = np.array([1001, 1100, 1500, 3000, 10_000, 30_000])
    true = 1 + np.searchsorted(nats, nats[places - 1] - 1e-4)
    scores = []
    for seed in range(12):
        found, errors = Ranks.of(COUNTS, len(LETTERS), longest=LONGEST, seed=seed)(nats[places - 1])
        assert (errors > 0).all()
        assert (np.abs(found / true - 1)[2:5] < 0.2).all()
        scores.append((found - true) / errors)
    assert (np.abs(np.mean(scores, axis=0)) < 4 / np.sqrt(12)).all()
    assert (np.std(scores, axis=0) < 1.8).all()


def test_many_draws_do_not_end_in_time(ranks: Ranks):
    last = ranks.top[-1]
    assert (ranks.drawn > last).all()
    assert 100 < len(ranks.drawn) < 0.8 * ranks.draws


def test_where_all_words_are_known_every_rank_is_exact():
    every = np.sort(scored(MODEL, VOCABULARY, all_words(VOCABULARY, 3)))
    ranks = Ranks.of(MODEL, len(VOCABULARY), longest=3)
    assert ranks.is_all
    possible = every[every < np.inf]
    found, errors = ranks(np.append(possible, [np.inf, 50.0]))
    assert (errors == 0).all()
    assert found[-2:].tolist() == [len(possible) + 1] * 2
    assert (found[:-2] == 1 + np.searchsorted(possible, possible - 1e-4)).all()


def test_behind_all_draws_a_rank_is_a_lower_limit(ranks: Ranks):
    found, errors = ranks(np.array([ranks.drawn[-1] + 1, np.inf]))
    assert np.isfinite(found).all()
    assert (found > 10_000).all()
    assert (errors == np.inf).all()


def test_a_word_that_cannot_be_scored_has_no_rank(ranks: Ranks):
    found, errors = ranks(np.array([np.nan]))
    assert np.isnan(found).all()
    assert np.isnan(errors).all()


def test_no_words_have_no_ranks(ranks: Ranks):
    assert [len(array) for array in ranks(np.zeros(0))] == [0, 0]


def test_words_beyond_the_square_root_of_float64_have_ranks():
    drawn = np.linspace(300, 500, 2000)
    found, errors = Ranks(np.zeros(0), False, drawn, 2000)(np.array([400.0, 450.0]))
    assert np.isfinite(found).all()
    assert (errors > 0).all()
    assert (errors < found).all()


def test_the_same_seed_gives_the_same_ranks_and_another_others(ranks: Ranks):
    far = np.array([ranks.drawn[len(ranks.drawn) // 2]])
    again, other = (Ranks.of(COUNTS, len(LETTERS), longest=LONGEST, seed=seed)(far)[0] for seed in (0, 1))
    assert ranks(far)[0] == again != other


def test_a_rank_is_plain_data():
    assert Rank("ab", 3.0, 0.0).to_dict() == {"word": "ab", "rank": 3.0, "standard_error": 0.0}
