"""Suggestions for misspelled names."""

import pytest

from moregrad.suggestion import nearest


@pytest.mark.parametrize(("given", "expected"), [("lectrue", "lecture"), ("makemroe", "makemore"), ("word", "words")])
def test_the_most_similar_name_is_suggested(given, expected):
    assert nearest(given, ["words", "lecture", "makemore"]) == expected


def test_a_name_like_none_gets_a_suggestion_too():
    assert nearest("xyz", iter(["words"])) == "words"


@pytest.mark.parametrize("given", ["rate", "--rate", "Rate"])
def test_a_name_of_which_a_whole_part_is_given_goes_first(given):
    assert nearest(given, ["--tied", "--steps", "--learning-rate"]) == "--learning-rate"
