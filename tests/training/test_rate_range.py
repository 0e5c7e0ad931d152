"""The learning-rate range test."""

import math
from dataclasses import replace
from typing import Any

import jax.random as jr
import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.examples import Windows
from moregrad.errors import ConfigurationError, ModelError
from moregrad.models.bigram import Bigram
from moregrad.models.ngram import NGram
from moregrad.recipe import Recipe
from moregrad.training.loop import Progress, train
from moregrad.training.rate_range import RangeTest, range_test

TOKENS = EncodedWords(np.array([0, 1, 2, 1, 0, 2, 0, 1, 1, 0] * 20 + [0], np.uint8))
EXAMPLES = Windows.of(TOKENS, 1)
MODEL = Bigram().build(3, 4, key=jr.key(0))
RECIPE = Recipe(batch_size=8, optimizer="sgd")
RATES = np.geomspace(1e-3, 1, 1000)
EXPONENTS = np.log10(RATES)


def curve(exponents: np.ndarray, noise: float = 0.0) -> np.ndarray:
    """A loss that falls around an exponent of -2, is lowest at -1 and rises again."""
    fall = 3 - 1 / (1 + np.exp(-8 * (exponents + 2))) + np.maximum(exponents + 1, 0) ** 2
    return fall + np.random.RandomState(0).normal(0, noise, exponents.shape)


def exponent(rate: float | None) -> float:
    """The logarithm to base 10 of a rate that was recommended."""
    assert rate is not None
    return math.log10(rate)


@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_the_three_recommendations_are_read_off_the_averaged_curve(noise):
    found = RangeTest(RATES, curve(EXPONENTS, noise))
    assert (found.problem, found.caution) == ("", "")
    assert exponent(found.steepest) == pytest.approx(-2, abs=0.2)
    assert exponent(found.minimum) == pytest.approx(-1, abs=0.25)
    assert exponent(found.tenth) == pytest.approx(exponent(found.minimum) - 1)


def test_a_loss_that_never_falls_recommends_nothing():
    losses = 3 + np.random.RandomState(0).normal(0, 0.2, 1000)
    for found in (RangeTest(RATES, losses), RangeTest(RATES, losses + EXPONENTS + 3)):
        assert "never fell" in found.problem
        assert (found.steepest, found.tenth, found.minimum) == (None, None, None)


@pytest.mark.parametrize("end", [np.nan, np.inf, 1e6])
def test_a_loss_that_diverges_at_once_recommends_nothing(end):
    found = RangeTest(RATES, np.concatenate([[3.0, 3.0, 50.0], np.full(997, end)]))
    assert "diverged at once, at a rate of 0.001" in found.problem
    assert found.minimum is None


@pytest.mark.parametrize("end", [np.nan, np.inf, 1e6])
def test_what_comes_after_a_divergence_does_not_count(end):
    losses = curve(EXPONENTS)
    losses[900:] = end
    found = RangeTest(RATES, losses)
    assert exponent(found.minimum) == pytest.approx(-1, abs=0.1)
    assert np.isnan(found.averaged[-100:]).all()
    assert np.isfinite(found.averaged[:850]).all()


def test_a_loss_that_still_falls_in_the_end_is_told():
    found = RangeTest(RATES, curve(EXPONENTS - 1.5))
    assert "still falling" in found.caution
    assert found.minimum == pytest.approx(1, rel=0.3)


def test_the_losses_are_those_of_a_training_at_the_rates_one_after_the_other():
    found = range_test(MODEL, EXAMPLES, RECIPE, lowest=0.1, highest=10.0, steps=30)
    assert found.rates[[0, -1]] == pytest.approx([0.1, 10])
    assert len(found.losses) == 30
    np.testing.assert_allclose(found.rates[1:] / found.rates[:-1], 100 ** (1 / 29))
    course = replace(RECIPE, schedule="constant", steps=30)
    progress: Progress | None = None
    for step, rate in enumerate(found.rates):
        course = replace(course, steps=step + 1, learning_rate=float(rate))
        (report,) = train(MODEL, EXAMPLES, course, every=1, resume=progress)
        assert report.losses == pytest.approx(found.losses[step], rel=1e-4)
        progress = report.progress


def test_a_model_that_only_counts_needs_no_rate():
    counts = NGram(order=2).count(TOKENS, 3)
    with pytest.raises(ModelError, match="no weights to train"):
        range_test(counts, EXAMPLES, RECIPE, steps=20)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"lowest": 1.0, "highest": 1.0}, "lowest is 1.0; it must be below highest, 1.0"),
        ({"lowest": 0.0}, "lowest is 0.0"),
        ({"highest": float("inf")}, "highest is inf"),
        ({"steps": 19}, "steps is 19"),
    ],
)
def test_rates_that_do_not_rise_and_too_few_steps_are_errors(wrong: dict[str, Any], says: str):
    with pytest.raises(ConfigurationError, match=says):
        range_test(MODEL, EXAMPLES, RECIPE, **wrong)
