"""Membership of words in lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data import membership
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import Index, Known, hash_words, is_in
from moregrad.data.vocabulary import Vocabulary

LETTERS = Vocabulary("abc")
WORDS = st.lists(st.text("abc", max_size=6), max_size=12)


@given(WORDS, WORDS)
def test_membership_is_that_of_sets(words, others):
    encoded, known = EncodedWords.of(words, LETTERS), EncodedWords.of(others, LETTERS)
    expected = [word in set(others) for word in encoded.words(LETTERS)]
    assert is_in(encoded, known).tolist() == is_in(encoded, Index(known)).tolist() == expected


def test_the_same_letters_in_another_order_are_another_word():
    hashes = hash_words(EncodedWords.of(["abc", "acb", "cba", "ab", "a", "abc"], LETTERS))
    assert len(set(hashes.tolist())) == 5
    assert hashes[0] == hashes[5]


def test_a_word_in_two_lists_is_located_in_the_first():
    known = Known({"train": EncodedWords.of(["a", "b"], LETTERS), "test": EncodedWords.of(["b", "c"], LETTERS)})
    assert known.locate(EncodedWords.of(["a", "b", "c", "cc"], LETTERS)) == ["train", "train", "test", "new"]
    assert known["test"].holds(EncodedWords.of(["a", "c"], LETTERS)).tolist() == [False, True]


@given(WORDS)
def test_words_hashed_some_at_a_time_have_the_same_hashes(words):
    encoded = EncodedWords.of(words, LETTERS)
    whole = hash_words(encoded)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(membership, "CHUNK", 2)
        assert hash_words(encoded).tolist() == whole.tolist()
