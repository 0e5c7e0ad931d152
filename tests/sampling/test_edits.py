"""Words near to a list, against the plain table of distances."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.sampling import edits
from moregrad.sampling.edits import Neighbours
from sampling.automata import LETTERS
from sampling.distances import distance

short_words = st.text("abc", max_size=9)


def near(words: list[str], listed: list[str], most: int, vocabulary: Vocabulary = LETTERS) -> list[bool]:
    neighbours = Neighbours.of([EncodedWords.of(listed, vocabulary)])
    return neighbours.near(EncodedWords.of(words, vocabulary), most).tolist()


@given(st.lists(short_words, max_size=20), st.lists(short_words, max_size=4), st.integers(0, 7))
def test_words_are_near_as_the_table_says(words: list[str], listed: list[str], most: int):
    expected = [any(distance(word, each) <= most for each in listed) for word in words]
    assert near(words, listed, most) == expected


@given(st.lists(short_words, max_size=20), st.lists(short_words, min_size=1, max_size=4), st.integers(0, 4))
def test_a_walk_in_small_parts_finds_the_same(words: list[str], listed: list[str], most: int):
    whole = near(words, listed, most)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edits, "AT_ONCE", 2)
        assert near(words, listed, most) == whole


def test_words_of_several_lists_are_found():
    lists = [EncodedWords.of(words, LETTERS) for words in (["abc"], [], ["cab", ""])]
    neighbours = Neighbours.of(lists)
    assert neighbours.near(EncodedWords.of(["abc", "cab", "cc", "ccc"], LETTERS), 1).tolist() == [
        True,
        True,
        False,
        False,
    ]
    assert neighbours.shortest == 0


def test_without_a_list_nothing_is_near():
    assert Neighbours.of([]).shortest is None
    assert Neighbours.of([EncodedWords.of([], LETTERS)]).near(EncodedWords.of(["a"], LETTERS), 5).tolist() == [False]
    assert near([], ["a"], 1) == []


def test_a_name_without_its_last_letter_is_near():
    vocabulary = Vocabulary.of(["Nidorina", "nidorin", "Pikachu"])
    assert near(["Nidorin", "nidorin", "Nidor"], ["Nidorina", "Pikachu"], 2, vocabulary) == [True, True, False]


def test_other_alphabets_and_large_vocabularies():
    vocabulary = Vocabulary("".join(map(chr, range(0x370, 0x370 + 700))) + "😀😁")
    assert near(["αβγ", "αδγ", "😀", "γβα"], ["αβγδ", "😀😁"], 1, vocabulary) == [True, False, True, False]


def test_more_edits_than_letters_reach_everything():
    assert near(["abc", ""], ["cccc"], 100) == [True, True]


def test_names_of_the_reference_list(names_words: list[str]):
    vocabulary = Vocabulary.of(names_words)
    neighbours = Neighbours.of([EncodedWords.of(names_words, vocabulary)])
    made = [f"{one[:3]}{other[-3:]}" for one, other in zip(names_words[::900], names_words[7::900], strict=False)]
    for most in (1, 2, 3):
        expected = [any(distance(word, name) <= most for name in names_words) for word in islice(made, 6)]
        assert neighbours.near(EncodedWords.of(made, vocabulary), most)[:6].tolist() == expected
