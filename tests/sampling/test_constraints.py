"""Wishes for words, all together."""

from typing import Any

import polars as pl
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.errors import ConfigurationError
from moregrad.sampling import ban
from moregrad.sampling.ban import Ban, read_ban
from moregrad.sampling.constraints import Constraints
from moregrad.sampling.edits import Neighbours
from moregrad.sampling.options import Sampling
from sampling.automata import ALL, ENCODED, LETTERS
from sampling.distances import distance

LISTED = ["abc", "bbbb", "ca"]


def read(**options: Any) -> Constraints:
    sampling = Sampling(**options)
    neighbours = Neighbours.of([EncodedWords.of(LISTED, LETTERS)])
    banned = Ban.of(read_ban(sampling.ban)) if sampling.ban else None
    return Constraints.of(sampling, LETTERS, longest=6, ban=banned, neighbours=neighbours)


def wanted(constraints: Constraints) -> set[str]:
    """The words of at most six letters that are wanted, the empty one never."""
    passed = constraints.passes(ENCODED)
    accepted = passed if constraints.automaton is None else passed & constraints.automaton.accepts(ENCODED)
    return {word for word, each in zip(ALL, accepted, strict=True) if each} - {""}


def test_nothing_asked_for_is_nothing_to_test():
    assert (read().automaton, read().filters) == (None, ())
    assert read(prefix="ab").automaton is None


@pytest.mark.parametrize("unlike", [1, 2, 3, 4, 5])
def test_words_unlike_all_of_the_list(unlike: int):
    expected = {word for word in ALL if word and min(distance(word, each) for each in LISTED) >= unlike}
    assert wanted(read(unlike=unlike)) == expected


def test_constraints_combine():
    constraints = read(prefix="a", suffix="c", ban="abbc,*cc*", unlike=2, length="3-5")
    assert wanted(constraints) == {
        word
        for word in ALL
        if word.startswith("a")
        and word.endswith("c")
        and 3 <= len(word) <= 5
        and word != "abbc"
        and "cc" not in word
        and min(distance(word, each) for each in LISTED) >= 2
    }


def test_long_bans_are_tests_of_words(monkeypatch: pytest.MonkeyPatch):
    few = wanted(read(ban="abc,*bb*,a*"))
    monkeypatch.setattr(ban, "MOST_CHARACTERS", 2)
    many = read(ban="abc,*bb*,a*")
    assert many.automaton is None
    assert wanted(many) == few


def test_bans_take_part_in_what_is_impossible():
    with pytest.raises(ConfigurationError, match=r"no word satisfies both pattern 'ab' and ban 'ab, \*c'"):
        read(pattern="ab", ban="ab, *c")
    with pytest.raises(ConfigurationError, match=r"no word satisfies ban '\*'; change it"):
        read(ban="*")


def test_words_too_short_to_be_unlike_the_list_are_impossible():
    with pytest.raises(ConfigurationError, match="no word satisfies both length '-3' and unlike 5; leave one out"):
        read(unlike=5, length="-3")
    with pytest.raises(ConfigurationError, match="no word of at most 6 characters satisfies unlike 7"):
        read(unlike=7)


def test_without_a_list_everything_is_unlike_it():
    empty = Neighbours.of([EncodedWords.of(pl.Series([], dtype=pl.String), LETTERS)])
    assert Constraints.of(Sampling(unlike=9), LETTERS, longest=6, neighbours=empty) == Constraints()
