"""The look-ahead as arrays for a compiled program."""

import numpy as np
import pytest

from moregrad.data.vocabulary import Vocabulary
from moregrad.sampling import guide
from moregrad.sampling.guide import Guide
from moregrad.sampling.look_ahead import LookAhead
from moregrad.sampling.product import ENDED
from sampling.wanted import counted, pattern, target


def ahead_of(text: str, longest: int) -> LookAhead:
    ahead = target(pattern(text), longest).look_ahead(counted(order=3), order=3, most=10**6)
    assert ahead is not None
    return ahead


def test_the_tables_are_those_of_the_look_ahead_in_logs():
    ahead = ahead_of("*a*b", 6)
    made = Guide.of(ahead)
    pairs = len(ahead.product)
    np.testing.assert_array_equal(made.after[:pairs], ahead.product.after)
    for length in range(8):
        with np.errstate(divide="ignore"):
            expected = np.log(ahead.at(length)) + ahead.scales[length]
        np.testing.assert_allclose(made.ahead[length, :pairs], expected, rtol=1e-5, atol=1e-5)


def test_beyond_the_greatest_length_nothing_but_ended_words_is_possible():
    ahead = np.asarray(Guide.of(ahead_of("*", 5)).ahead)
    assert np.isneginf(np.delete(ahead[6:], ENDED, axis=1)).all()
    assert (ahead[:, ENDED] == 0).all()


def test_few_shapes_occur(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(guide, "LEAST_MOVES", 64)
    shapes = {Guide.of(ahead_of(text, longest)).ahead.shape for text in ("a", "*a*b*", "??*") for longest in (3, 9, 14)}
    assert shapes <= {(16, 16), (16, 64), (16, 256)}
    assert Guide.of(ahead_of("*", 15)).ahead.shape[0] == 32
    assert len(Vocabulary("abc")) == 4
