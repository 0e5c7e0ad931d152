"""Reasons why words were not found, in one line."""

import pytest

from moregrad.sampling.options import Sampling
from moregrad.sampling.shortage import Tally, explain


@pytest.mark.parametrize(
    ("options", "tally", "found", "told"),
    [
        ({}, Tally(5), False, "the model holds every word that is wanted impossible; raise temperature"),
        (
            {"top_k": 3},
            Tally(5),
            False,
            "the model holds every word that is wanted impossible; raise temperature, or drop top_k",
        ),
        (
            {"pattern": "q*", "min_p": 0.2},
            Tally(5),
            False,
            "the model holds every word that is wanted impossible; raise temperature, or drop min_p or pattern",
        ),
        (
            {"suffix": "x", "prefix": "a"},
            Tally(5, 32768),
            False,
            "none of 32,768 draws became a word that is wanted; raise temperature, or drop suffix",
        ),
        (
            {"length": "5", "unlike": 2},
            Tally(5, 2048, 9, 0, 2048),
            True,
            "the last 2,048 draws brought no other word that is unlike the list; raise temperature, or drop unlike",
        ),
        (
            {},
            Tally(5, 2048, 3),
            True,
            "3 of 2,048 draws ended within 5 characters; raise max_length, or try another temperature",
        ),
        (
            {},
            Tally(5, 99, 99, 99, 50),
            False,
            "the last 50 draws brought nothing but the empty word; raise temperature",
        ),
        (
            {"novel": True},
            Tally(5, 99, 99, 0, 50),
            False,
            "the last 50 draws brought no word that is novel; raise temperature, or drop novel",
        ),
        (
            {"distinct": True, "min_p": 0.1},
            Tally(5, 99, 99, 0, 50),
            True,
            "the last 50 draws brought no other word that is distinct; raise temperature, or drop min_p or distinct",
        ),
    ],
)
def test_what_keeps_words_away_is_told_and_what_to_change(options, tally: Tally, found: bool, told: str):
    assert explain(Sampling(**options), tally, found) == told
