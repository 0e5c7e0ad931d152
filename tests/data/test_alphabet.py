"""Alphabets as users write them."""

import re

import polars as pl
import pytest

from moregrad.data.alphabet import characters, outside_pattern
from moregrad.errors import AlphabetError


def rejected(alphabet: str, words: str) -> list[str]:
    """The words with a character outside the alphabet."""
    series = pl.Series(words.split("|"))
    return series.filter(series.str.contains(outside_pattern(alphabet))).to_list()


def test_a_range_holds_everything_between_its_ends():
    assert rejected("a-z", "emma|Emma|anna-lena|ñandú") == ["Emma", "anna-lena", "ñandú"]


def test_ranges_and_single_characters_mix():
    assert rejected("a-zà-ÿ -'", "d'arc|anne marie|jean-luc|élise|x&y|x#y") == ["x&y", "x#y"]


@pytest.mark.parametrize("alphabet", ["-a", "a-", "-", "a-z-", "a--"])
def test_a_hyphen_without_two_letters_around_it_is_a_character(alphabet):
    assert rejected(alphabet, "-|a|é") == ([] if "a" in alphabet else ["a"]) + ["é"]


def test_characters_with_a_meaning_in_patterns_mean_themselves():
    assert rejected(r"a]\^[", "]|^|[|\\|b|-") == ["b", "-"]


def test_an_alphabet_is_composed_like_the_words():
    assert rejected("n\u0303", "ñ|n") == ["n"]


def test_a_range_of_any_script_will_do():
    assert rejected("α-ω", "αβγ|abc") == ["abc"]
    assert rejected("ऀ-ॿ", "राम|ram") == ["ram"]
    assert rejected("😀-😂", "😁|😃") == ["😃"]


def test_an_alphabet_has_its_characters_in_order_and_once():
    assert characters("ca-d' -") == " '-abcd"


@pytest.mark.parametrize(("alphabet", "complaint"), [("", "empty"), ("z-a", "write a-z")])
def test_a_senseless_alphabet_is_refused(alphabet, complaint):
    with pytest.raises(AlphabetError, match=re.escape(complaint)):
        outside_pattern(alphabet)
    with pytest.raises(AlphabetError, match=re.escape(complaint)):
        characters(alphabet)
