"""Characters to integers and back."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.vocabulary import UNKNOWN, Vocabulary, to_nfc
from moregrad.errors import AlphabetError

# Polars strings are UTF-8, which has no surrogates.
text = st.text(st.characters(exclude_categories=["Cs"]))


def test_characters_stand_in_code_point_order_and_the_boundary_has_id_0():
    vocabulary = Vocabulary.of(["olivia", "ava"])
    assert vocabulary.characters == "ailov"
    assert vocabulary.encode("ava").tolist() == [1, 5, 1]
    assert vocabulary.decode([0, 1, 5, 1, 0]) == ".ava."
    assert len(vocabulary) == 6


@given(st.lists(text))
def test_every_text_comes_back_from_its_ids(words):
    vocabulary = Vocabulary.of(words)
    for word in words:
        assert vocabulary.decode(vocabulary.encode(word)) == word


@given(st.lists(text))
def test_a_series_and_a_list_have_the_same_vocabulary(words):
    assert Vocabulary.of(pl.Series(words, dtype=pl.String)) == Vocabulary.of(words)
    assert Vocabulary.of(words).characters == "".join(sorted(set("".join(words))))


def test_ids_are_as_small_as_the_vocabulary_allows():
    assert Vocabulary("abc").dtype == np.uint8
    assert Vocabulary("".join(map(chr, range(1, 256)))).dtype == np.uint8
    assert Vocabulary("".join(map(chr, range(1, 257)))).dtype == np.uint16


@pytest.mark.parametrize("unknown", ["b", "\0", "ñ", "😀", "A"])
def test_an_unknown_character_is_named_with_its_position(unknown):
    vocabulary = Vocabulary("az")
    assert vocabulary.ids(f"a{unknown}z").tolist() == [1, UNKNOWN, 2]
    with pytest.raises(AlphabetError, match="at position 2 of"):
        vocabulary.encode(f"a{unknown}z")


def test_the_empty_vocabulary_knows_no_character():
    assert Vocabulary.of([]).ids("a").tolist() == [UNKNOWN]
    assert Vocabulary("").ids("").tolist() == []


@pytest.mark.parametrize("characters", ["ba", "aa"])
def test_a_vocabulary_out_of_order_is_refused(characters):
    with pytest.raises(AlphabetError, match="code point order"):
        Vocabulary(characters)


def test_a_word_is_composed():
    assert to_nfc("n\u0303") == "ñ"
