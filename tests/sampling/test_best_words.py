"""The best of the words found."""

import numpy as np
import pytest

from moregrad.data.vocabulary import Vocabulary
from moregrad.sampling.best_words import PENDING, BestWords, Bound, encode
from moregrad.sampling.prefixes import Prefixes
from sampling.prefixes import prefixes, spell


def anything(words: Prefixes) -> np.ndarray:
    return np.ones(len(words), bool)


def test_the_more_probable_come_first_then_the_shorter_then_by_characters():
    best = BestWords(5, anything)
    best.add(prefixes(["b", "ca", "a"], [2, 1, 2]))
    best.add(prefixes(["ba", "z", "abcdefgh"], [2, 2, 2]))
    assert spell(best.words()) == ["ca", "a", "b", "z", "ba"]
    assert best.bound == Bound(2.0, 2)


def test_there_is_no_bound_before_there_are_enough():
    best = BestWords(2, anything)
    best.add(prefixes(["a"], [1]))
    assert (spell(best.words()), best.bound) == (["a"], Bound())


def test_unwanted_and_impossible_words_do_not_count():
    best = BestWords(2, lambda words: words.lengths > 1)
    best.add(prefixes(["a", "bb", "cc", "dd"], [1, 3, np.inf, 4]))
    assert spell(best.words()) == ["bb", "dd"]


@pytest.mark.parametrize(
    ("nats", "length", "admitted"), [(1.0, 9, True), (2.0, 2, True), (2.0, 3, False), (2.1, 1, False)]
)
def test_a_bound_admits_what_may_come_before_it(nats: float, length: int, admitted: bool):
    assert Bound(2.0, 2).admits(np.array([nats]), np.array([length])).tolist() == [admitted]


def test_nothing_impossible_is_admitted():
    assert not Bound().admits(np.array([np.inf]), np.array([1])).any()


def test_the_best_are_the_same_however_many_are_added_at_once():
    random = np.random.default_rng(0)
    words = ["".join(random.choice(list("abc"), 6)) for _ in range(3 * PENDING)]
    words = sorted(set(words))
    nats = random.integers(0, 50, len(words)).astype(float)
    best = BestWords(40, anything)
    for start in range(0, len(words), 100):
        best.add(prefixes(words[start : start + 100], nats[start : start + 100].tolist()))
    expected = sorted(zip(nats.tolist(), words, strict=True))[:40]
    assert spell(best.words()) == [word for _, word in expected]


def test_words_are_encoded_without_their_padding():
    vocabulary = Vocabulary("abc")
    assert encode(prefixes(["a", "cab"], [0, 0]), vocabulary).words(vocabulary).to_list() == ["a", "cab"]
    assert len(encode(Prefixes.none(), vocabulary)) == 0
