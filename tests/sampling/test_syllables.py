"""Syllables, counted from vowels."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.sampling.syllables import Kind, has_vowels, kind_of, syllables


def count(word: str) -> int:
    """The syllables of a word, by one automaton for each number."""
    vocabulary = Vocabulary.of([word])
    encoded = EncodedWords.of([word], vocabulary)
    found = [number for number in range(9) if syllables(vocabulary, number, number).accepts(encoded)[0]]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("", 0), ("b", 0), ("emma", 2), ("louise", 2), ("maria", 2), ("jake", 2), ("maya", 2), ("mary", 2), ("may", 1),
        ("yara", 2), ("lynn", 1), ("rhythm", 1), ("yyy", 1), ("ý", 1), ("Anna Lea", 3), ("O'Neil", 2), ("EMMA", 2),
        ("zoë", 2), ("anaïs", 3), ("łódź", 1), ("Ștefan", 2), ("Østen", 2), ("Müller", 2), ("Nguyễn", 2),
        ("Мария", 3), ("Йозеф", 2), ("Юлия", 3), ("Їжак", 2), ("Ἀλέξανδρος", 4), ("Αύρα", 2), ("აკაკი", 3), ("Արամ", 2),
        ("김민수", 3), ("にほん", 2), ("きょう", 2), ("ハッピー", 2), ("山田", 2), ("שרה", 0), ("42", 0), ("😀", 0),
        ("a\u0325e", 1),
    ],
)  # fmt: skip
def test_syllables_by_example(word: str, number: int):
    assert count(word) == number


@given(st.text("aeoybcd", max_size=8))
def test_syllables_are_rows_of_vowels_once_it_is_clear_what_y_is(word: str):
    assert count(word) == len(re.findall("[aeoy]+", re.sub("y(?=[aeo])", "-", word)))


@given(st.text("aybcë", max_size=7), st.integers(0, 4), st.none() | st.integers(0, 4))
def test_spans_of_syllables(word: str, least: int, most: int | None):
    vocabulary = Vocabulary("abcyë")
    accepted = syllables(vocabulary, least, most).accepts(EncodedWords.of([word], vocabulary))[0]
    assert accepted == (least <= count(word) <= (99 if most is None else most))


def test_vocabularies_without_vowels_are_known():
    assert not has_vowels(Vocabulary("bc"))
    assert not has_vowels(Vocabulary("רשת"))
    assert not has_vowels(Vocabulary(""))
    assert has_vowels(Vocabulary("by"))
    assert has_vowels(Vocabulary("김"))


def test_kinds_of_characters():
    kinds = {
        "a": Kind.VOWEL,
        "É": Kind.VOWEL,
        "й": Kind.CONSONANT,
        "и": Kind.SYLLABLE,
        "y": Kind.GLIDE,
        "\u0301": Kind.MARK,
    }
    assert {character: kind_of(character) for character in kinds} == kinds
