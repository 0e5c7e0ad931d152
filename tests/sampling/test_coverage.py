"""The probability on a list, estimated by draws, against a table of probabilities."""

import math

import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import Known
from moregrad.sampling.coverage import estimate_mass
from sampling.table import MODEL, VOCABULARY, surprisal

LISTS = {"train": ["a", "ab", "ba", "ccc"], "test": ["b", "a"]}


@pytest.mark.parametrize("names", [["train"], ["train", "test"]])
def test_the_estimate_is_within_four_of_its_standard_errors(names: list[str]):
    known = Known({name: EncodedWords.of(LISTS[name], VOCABULARY) for name in names})
    mass = sum(math.exp(-surprisal(word)) for word in {word for name in names for word in LISTS[name]})
    assert estimate_mass(MODEL, VOCABULARY, known, longest=3) == pytest.approx(mass, abs=0.008)


def test_a_list_of_nothing_has_no_mass():
    assert estimate_mass(MODEL, VOCABULARY, Known({}), longest=3) == 0
