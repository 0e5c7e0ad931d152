"""How words are sampled, as plain values."""

import math
from typing import Any

import pytest

from moregrad.errors import ConfigurationError
from moregrad.sampling.options import Sampling, Top


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("count", -1),
        ("temperature", -0.1),
        ("temperature", math.nan),
        ("temperature", math.inf),
        ("top_k", -1),
        ("top_k", 2**31),
        ("top_p", 0.0),
        ("top_p", 1.1),
        ("min_p", -0.1),
        ("min_p", 1.1),
        ("max_length", 0),
        ("seed", -1),
        ("seed", 2**32),
        ("novel", 1),
        ("prefix", 3),
        ("pattern", 3),
        ("length", "8-5"),
        ("length", 5),
        ("syllables", "two"),
        ("unlike", -1),
        ("unlike", 101),
    ],
)
def test_a_value_out_of_range_says_what_is_allowed(field: str, value: Any):
    with pytest.raises(ConfigurationError, match=f"sampling: {field} is {value!r}; it must be"):
        Sampling(**{field: value})


def test_wishes_are_named_as_they_were_given():
    assert (Sampling().wishes, Sampling().told) == ({}, "")
    options = Sampling(prefix="a", length="5-", unlike=2, temperature=2)
    assert options.wishes == {"prefix": "a", "length": "5-", "unlike": 2}
    assert options.told == "length '5-' and unlike 2"


def test_a_malformed_span_says_what_is_allowed():
    with pytest.raises(
        ConfigurationError, match="length is '8-5'; it must be a number or a span such as '5-8', '5', '5-'"
    ):
        Top(length="8-5")


def test_the_ends_of_the_ranges_are_allowed():
    Sampling(count=0, temperature=0, top_k=2**31 - 1, top_p=1, min_p=1, max_length=1, seed=2**32 - 1)


def test_by_default_twenty_words_are_drawn_from_the_models_own_probabilities():
    options = Sampling()
    assert (options.count, options.temperature, options.top_k, options.top_p, options.min_p) == (20, 1, 0, 1, 0)
    assert (options.prefix, options.max_length, options.novel, options.distinct) == ("", None, False, False)
