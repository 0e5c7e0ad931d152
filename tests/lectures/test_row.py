"""A published figure beside the one that came out."""

import math

import pytest

from moregrad.lectures.row import Row


def row(published, obtained, tolerance=0.1):
    return Row("loss", {"split": "test"}, published, obtained, tolerance)


@pytest.mark.parametrize(
    ("given", "difference", "verdict"),
    [
        ((2.0, 2.1), 0.1, "reproduced"),
        ((2.0, 2.2), 0.2, "differs"),
        ((2.0, math.nan), math.nan, "differs"),
        ((math.inf, math.inf), 0.0, "reproduced"),
        ((math.inf, 2.0), -math.inf, "differs"),
        ((3, 3), 0.0, "reproduced"),
        (("emma", "emma"), None, "reproduced"),
        (("emma", "ava"), None, "differs"),
        ((None, 2.0), None, "unpublished"),
    ],
)
def test_a_figure_is_reproduced_if_its_difference_is_within_the_tolerance(given, difference, verdict):
    found = row(*given, tolerance=0.1 + 1e-9)
    assert found.verdict == verdict
    assert found.difference == (None if difference is None else pytest.approx(difference, nan_ok=True))


def test_as_data_it_has_its_places_and_its_measure_as_keys():
    assert row(2.0, 2.05).to_dict() == {
        "split": "test",
        "loss": 2.05,
        "published": 2.0,
        "difference": pytest.approx(0.05),
        "tolerance": 0.1,
        "verdict": "reproduced",
    }


@pytest.mark.parametrize(
    ("measure", "at", "what"),
    [
        ("loss", {"split": "test"}, "loss, test"),
        ("loss", {"step": 100}, "loss, step 100"),
        ("name", {"number": 5}, "name 5"),
        ("name", {"build": "torch 1.10", "number": 5}, "name 5, torch 1.10"),
        ("parameters", {}, "parameters"),
    ],
)
def test_in_words_it_names_its_places(measure, at, what):
    assert Row(measure, at, 1, 1, 0).what == what
