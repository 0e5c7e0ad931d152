"""The choice of how wanted words are drawn."""

import numpy as np
import pytest

from moregrad.errors import ModelError
from moregrad.models.ngram import NGramModel
from moregrad.sampling import constrained
from moregrad.sampling.constrained import draw_wanted
from moregrad.sampling.exact import BATCH
from moregrad.sampling.particles import FEW, ISLANDS
from sampling import table
from sampling.wanted import counted, pattern, probabilities, target, total_variation, words_of

COUNTS = counted(order=3)


def no_guide() -> NGramModel:
    raise AssertionError("counts need no guide")


def test_counts_are_drawn_from_exactly():
    draws = next(draw_wanted(COUNTS, target(pattern("*a*"), 5), guide=no_guide))
    assert draws.made == BATCH == len(draws.ids)


def test_counts_too_large_for_that_are_searched_and_agree(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(constrained, "MOST", 10)
    wanted, made = target(pattern("*b?"), 4), []
    batches = draw_wanted(COUNTS, wanted, guide=lambda: counted(order=2))
    while len(made) < 2000:
        draws = next(batches)
        assert draws.made == ISLANDS * FEW
        made += words_of(draws.ids)
    expected = probabilities(COUNTS, wanted)
    assert total_variation(made, expected) < 0.7 * (len(expected) / len(made)) ** 0.5


def test_other_models_are_searched_with_a_guide():
    draws = next(draw_wanted(table.MODEL, target(pattern("*ba*"), 5), guide=lambda: COUNTS))
    assert draws.made == ISLANDS * FEW
    words = words_of(draws.ids)
    assert words
    assert all("ba" in word for word in words)
    np.testing.assert_allclose(draws.nats, [table.surprisal(word) for word in words], rtol=1e-4)


def test_shorter_n_grams_guide_where_memory_is_short(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(constrained, "GUIDE_MOST", 100)
    draws = next(draw_wanted(table.MODEL, target(pattern("*ba*"), 5), guide=lambda: COUNTS))
    assert all("ba" in word for word in words_of(draws.ids))


def test_a_wish_too_intricate_for_any_guide_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(constrained, "GUIDE_MOST", 10)
    with pytest.raises(ModelError, match="too intricate for words of up to 5 characters; want less"):
        next(draw_wanted(table.MODEL, target(pattern("*ba*"), 5), guide=lambda: COUNTS))


@pytest.mark.parametrize("longest", [1, 2])
def test_words_that_cannot_be_short_enough_bring_no_batches(longest: int):
    wanted = target(pattern("???"), longest)
    assert list(draw_wanted(COUNTS, wanted, guide=no_guide)) == []
    assert list(draw_wanted(table.MODEL, wanted, guide=lambda: COUNTS)) == []
