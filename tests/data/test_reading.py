"""Options of reading."""

from typing import Any

import pytest

from moregrad.data.corpus import read_corpus
from moregrad.data.reading import Reading
from moregrad.errors import ConfigurationError

WORDS = ["Ada", "ada", "ada", "x1", "barbara", "e\u0301va"]


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({}, ["Ada", "ada", "x1", "barbara", "éva"]),
        ({"lower": True}, ["ada", "x1", "barbara", "éva"]),
        ({"alphabet": "a-zé"}, ["ada", "barbara", "éva"]),
        ({"keep_duplicates": True}, ["Ada", "ada", "ada", "x1", "barbara", "éva"]),
        ({"max_length": 3}, ["Ada", "ada", "x1", "éva"]),
    ],
)
def test_options_choose_the_words_that_are_kept_and_their_form(options: dict[str, Any], kept: list[str]):
    assert read_corpus(WORDS, **options).words.to_list() == kept
    assert Reading(**options).to_dict() == {**Reading().to_dict(), **options}


@pytest.mark.parametrize("wrong", [{"max_length": 0}, {"lower": 1}, {"column": 1.5}, {"alphabet": 3}])
def test_a_value_that_is_not_allowed_is_refused(wrong: dict[str, Any]):
    with pytest.raises(ConfigurationError, match=f"reading: {next(iter(wrong))} is .*; it must be"):
        Reading(**wrong)


def test_a_tab_can_be_typed_as_a_word():
    assert Reading(delimiter="tab").form().delimiter == Reading(delimiter="\t").form().delimiter == "\t"
