"""The list that comes with the package, and how it was made."""

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from moregrad.data import SOURCES, read_corpus
from moregrad.data.first_names import fold, gather

RECORDED = json.loads((Path(__file__).parents[1] / "reference/first_names.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def corpus():
    """The list as it comes with the package."""
    return read_corpus("first-names")


def test_the_list_is_large_clean_sorted_and_distinct(corpus):
    words = corpus.words.to_list()
    assert len(words) > 15_000
    assert words == sorted(set(words))
    assert corpus.vocabulary.characters == "abcdefghijklmnopqrstuvwxyz"
    assert corpus.report.kept == corpus.report.read


def test_the_list_is_the_recorded_one(corpus):
    assert (len(corpus), corpus.fingerprint) == (RECORDED["count"], RECORDED["fingerprint"])


def test_the_description_tells_count_and_release(corpus):
    assert f"{len(corpus):,} " in SOURCES["first-names"].description
    assert f"Faker {RECORDED['faker']}" in SOURCES["first-names"].origin


def test_the_list_is_made_of_fakers_lists(corpus):
    made, carried = gather(), corpus.words.to_list()
    if version("Faker") == RECORDED["faker"]:
        assert made == carried
    assert len(set(made) & set(carried)) > 0.9 * len(carried)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Zoë", "zoe"),
        ("Łukasz", "lukasz"),
        ("Søren", "soren"),
        ("Æsa", "aesa"),
        ("Þórður", "thordur"),
        ("İrem", "irem"),
    ],
)
def test_accents_are_taken_off(name, folded):
    assert fold(name) == folded
