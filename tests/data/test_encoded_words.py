"""A word list as one array of tokens."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.code_points import SLICE
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import AlphabetError

text = st.text(st.characters(exclude_categories=["Cs"]))


def test_boundaries_stand_before_between_and_after_words():
    encoded = EncodedWords.of(["ava", "al"], Vocabulary("alv"))
    assert encoded.tokens.tolist() == [0, 1, 3, 1, 0, 1, 2, 0]
    assert encoded.starts.tolist() == [0, 4]
    assert encoded.lengths.tolist() == [3, 2]
    assert (len(encoded), encoded.predictions, encoded.longest) == (2, 7, 3)


@given(st.lists(text))
def test_every_list_comes_back_from_its_tokens(words):
    vocabulary = Vocabulary.of(words)
    encoded = EncodedWords.of(words, vocabulary)
    assert encoded.words(vocabulary).to_list() == words
    assert len(encoded) == len(words)
    assert encoded.predictions == sum(len(word) + 1 for word in words)


def test_a_list_longer_than_a_slice_is_encoded_whole():
    words = pl.Series([f"{number:b}" for number in range(2 * SLICE + 3)])
    vocabulary = Vocabulary("01")
    encoded = EncodedWords.of(words, vocabulary)
    assert encoded.words(vocabulary).equals(words)
    assert encoded.tokens.dtype == np.uint8
    assert encoded.first(2).words(vocabulary).to_list() == ["0", "1"]


def test_encoded_words_take_one_byte_for_each_character_and_each_boundary():
    assert EncodedWords.of(["emma", "ava"], Vocabulary("aemv")).tokens.nbytes == 4 + 3 + 3


@pytest.mark.parametrize("words", [["x"], ["ava", "", "vax", "ay"]])
def test_a_word_with_an_unknown_character_is_named(words):
    with pytest.raises(AlphabetError, match=f"'x' at position {max(map(len, words[-2:]))} of '(va)?x'"):
        EncodedWords.of(words, Vocabulary("av"))


@given(
    st.lists(text, min_size=1).flatmap(
        lambda words: st.tuples(st.just(words), st.lists(st.sampled_from(range(len(words)))))
    )
)
def test_words_are_taken_in_the_order_asked_for(words_and_index):
    words, index = words_and_index
    vocabulary = Vocabulary.of(words)
    taken = EncodedWords.of(words, vocabulary).take(np.array(index, np.int64))
    assert taken.words(vocabulary).to_list() == [words[number] for number in index]
    assert taken.tokens.dtype == vocabulary.dtype


@given(st.lists(text), st.integers(1, 4))
def test_slices_are_the_words_some_at_a_time(words, most):
    vocabulary = Vocabulary.of(words)
    slices = [piece.words(vocabulary).to_list() for piece in EncodedWords.of(words, vocabulary).slices(most)]
    assert slices == [words[start : start + most] for start in range(0, len(words), most)]
