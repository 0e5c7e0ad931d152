"""Priors in all their forms."""

import numpy as np
import pytest

from moregrad.errors import ConfigurationError
from moregrad.runs.prior import Prior, parse_prior, to_probabilities

SIZES = {"a": 30, "b": 10}


@pytest.mark.parametrize(
    ("prior", "expected"),
    [
        ("uniform", [0.5, 0.5]),
        ("sizes", [0.75, 0.25]),
        ([1, 3], [0.25, 0.75]),
        ({"b": 3, "a": 1}, [0.25, 0.75]),
        ([0, 1e-300], [0, 1]),
        ([1e308, 1e308], [0.5, 0.5]),
    ],
)
def test_a_prior_adds_up_to_one(prior: Prior, expected: list[float]):
    np.testing.assert_allclose(to_probabilities(prior, SIZES), expected)


@pytest.mark.parametrize("prior", ["even", [1], [1, 2, 3], [0, 0], [-1, 2], [float("nan"), 1], {"a": 1}, [True, 1]])
def test_a_prior_that_does_not_fit_is_refused(prior: Prior):
    with pytest.raises(ConfigurationError, match=r'prior is .*; it must be "uniform", "sizes", or numbers'):
        to_probabilities(prior, SIZES)


def test_a_prior_is_read_as_it_is_typed():
    assert parse_prior("sizes") == "sizes"
    assert parse_prior("0.7, .3") == [0.7, 0.3]
    with pytest.raises(ConfigurationError, match="prior is 'half'"):
        parse_prior("half")
