"""A list of words as one array of symbols."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.code_points import SLICE
from moregrad.data.tape import Tape
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import AlphabetError

text = st.text(st.characters(exclude_categories=["Cs"]))


def test_boundaries_stand_before_between_and_after_words():
    tape = Tape.of(["ava", "al"], Vocabulary("alv"))
    assert tape.symbols.tolist() == [0, 1, 3, 1, 0, 1, 2, 0]
    assert tape.starts.tolist() == [0, 4]
    assert tape.lengths.tolist() == [3, 2]
    assert (len(tape), tape.predictions, tape.longest) == (2, 7, 3)


@given(st.lists(text))
def test_every_list_comes_back_from_its_tape(words):
    vocabulary = Vocabulary.of(words)
    tape = Tape.of(words, vocabulary)
    assert tape.words(vocabulary).to_list() == words
    assert len(tape) == len(words)
    assert tape.predictions == sum(len(word) + 1 for word in words)


def test_a_list_longer_than_a_slice_is_encoded_whole():
    words = pl.Series([f"{number:b}" for number in range(2 * SLICE + 3)])
    vocabulary = Vocabulary("01")
    tape = Tape.of(words, vocabulary)
    assert tape.words(vocabulary).equals(words)
    assert tape.symbols.dtype == np.uint8
    assert tape.first(2).words(vocabulary).to_list() == ["0", "1"]


def test_a_tape_takes_one_byte_for_each_character_and_each_boundary():
    assert Tape.of(["emma", "ava"], Vocabulary("aemv")).symbols.nbytes == 4 + 3 + 3


@pytest.mark.parametrize("words", [["x"], ["ava", "", "vax", "ay"]])
def test_a_word_with_a_stranger_is_named(words):
    with pytest.raises(AlphabetError, match=f"'x' at position {max(map(len, words[-2:]))} of '(va)?x'"):
        Tape.of(words, Vocabulary("av"))
