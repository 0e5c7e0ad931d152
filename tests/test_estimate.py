"""Numbers written with the digits that their error supports."""

import copy
import json
import math
import pickle

import pytest

from moregrad.estimate import Estimate, EstimateWithError, decimals


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (0.827, "3.1"),  # The examples of the Particle Data Group: 0.827 +- 0.119, 0.827 +- 0.367, 0.827 +- 0.95.
        (0.119, "3.14"),
        (0.367, "3.1"),
        (0.98, "3.1"),
        (0.0099, "3.142"),
        (0.0031, "3.1416"),
        (0.0036, "3.142"),
        (0.15, "3.14"),
        (1.5, "3.1"),
        (40.0, "3"),
        (1e-9, "3.1416"),
        (None, "3.1416"),
        (0.0, "3.1416"),
        (math.inf, "3.1416"),
        (math.nan, "3.1416"),
    ],
)
def test_the_error_decides_how_many_digits_are_shown(error: float | None, shown: str):
    assert str(Estimate(math.pi, error)) == shown


def test_every_size_of_error_has_one_or_two_digits():
    for exponent in range(-3, 1):
        for leading in range(10, 100):
            error = leading / 10 * 10.0**exponent
            digits = round(error * 10 ** decimals(error))
            assert 3 <= digits <= 35, error


def test_an_error_is_shown_with_as_many_decimals():
    assert str(EstimateWithError(2.43261, 0.0119)) == "2.433 ±0.012"
    assert str(EstimateWithError(2.43261, 0.51)) == "2.4 ±0.5"
    assert str(EstimateWithError(2.43261)) == "2.4326"


def test_an_estimate_is_an_exact_number_in_everything_but_text():
    estimate = Estimate(math.pi, 0.1)
    assert json.dumps({"loss": estimate}) == json.dumps({"loss": math.pi})
    assert (estimate == math.pi, estimate < 4, estimate + 1) == (True, True, math.pi + 1)
    for copied in (copy.deepcopy(estimate), pickle.loads(pickle.dumps(estimate))):
        assert (copied, copied.error, type(copied)) == (estimate, 0.1, Estimate)
