"""Counts of pairs of adjacent tokens."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from moregrad.data import pairs
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.pairs import count_pairs
from moregrad.data.vocabulary import Vocabulary

LETTERS = Vocabulary("abc")


def encode(words: list[str]) -> EncodedWords:
    return EncodedWords.of(words, LETTERS)


@given(st.lists(st.text("abc", min_size=1, max_size=5)))
def test_pairs_are_those_counted_by_hand_the_most_frequent_first(words: list[str]):
    by_hand = Counter(pairwise(encode(words).tokens.tolist()))
    expected = sorted(((a, b, count) for (a, b), count in by_hand.items()), key=lambda row: (-row[2], row[:2]))
    assert count_pairs(encode(words)).rows() == expected


def test_pairs_are_counted_across_the_cuts_between_slices(monkeypatch):
    words = encode(["abba", "abba", "baab"])
    whole = count_pairs(words).rows()
    monkeypatch.setattr(pairs, "SLICE", 3)
    assert count_pairs(words).rows() == whole


def test_tokens_of_large_vocabularies_are_kept_apart():
    characters = "".join(map(chr, range(0x10000, 0x10000 + 70_000)))
    vocabulary = Vocabulary(characters)
    found = count_pairs(EncodedWords.of([characters[-1] * 2], vocabulary)).rows()
    assert found == [(0, 70_000, 1), (70_000, 0, 1), (70_000, 70_000, 1)]
