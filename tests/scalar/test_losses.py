"""Losses and softmax, of Values and of numbers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.errors import ScalarError
from moregrad.scalar import (
    Value,
    check_gradient,
    cross_entropy,
    hinge,
    logsumexp,
    softmax,
    squared_error,
    weight_penalty,
)

LOGITS = st.lists(st.floats(-50, 50), min_size=1, max_size=8)


@given(LOGITS)
def test_softmax_is_a_distribution_in_the_order_of_its_logits(logits: list[float]):
    probabilities = softmax(logits)
    assert sum(probabilities) == pytest.approx(1.0, rel=1e-12)
    assert [p.data for p in softmax([Value(x) for x in logits])] == probabilities
    assert max(probabilities) == probabilities[logits.index(max(logits))]


@given(LOGITS, st.data())
def test_cross_entropy_is_minus_the_log_of_softmax(logits: list[float], data: st.DataObject):
    target = data.draw(st.integers(0, len(logits) - 1))
    expected = -math.log(softmax(logits)[target])
    assert cross_entropy([Value(x) for x in logits], target).data == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=5))
def test_gradients_agree_with_central_differences(numbers: list[float]):
    for f in (
        lambda *xs: cross_entropy(xs, 1),
        lambda *xs: softmax(xs)[0],
        lambda *xs: squared_error(xs, [0.5] * len(xs)),
        lambda *xs: weight_penalty(xs, 0.1),
    ):
        found = check_gradient(f, numbers)
        assert found.ok, found


def test_huge_logits_do_no_harm():
    logits = [Value(1000.0), Value(-1000.0), Value(999.0)]
    assert sum(p.data for p in softmax(logits)) == pytest.approx(1.0)
    cross_entropy(logits, 1).backward()
    assert [x.grad for x in logits] == pytest.approx([0.7310585786300049, -1.0, 0.2689414213699951])
    assert cross_entropy([Value(0.0), Value(-math.inf)], 0).data == 0.0


def test_the_hinge_is_what_scores_lack_of_a_margin_of_1():
    scores = [Value(0.25), Value(2.0), Value(-3.0)]
    loss = hinge(scores, [1, 1, 1])
    loss.backward()
    assert loss.data == pytest.approx((0.75 + 0 + 4) / 3)
    assert [s.grad for s in scores] == pytest.approx([-1 / 3, 0, -1 / 3])


def test_hinge_targets_are_minus_1_and_1_of_any_type():
    scores = [Value(0.5), Value(0.5)]
    assert hinge(scores, np.array([1, 255], np.uint8)[[0, 0]]).data == hinge(scores, [1, 1]).data  # pyright: ignore[reportArgumentType]
    with pytest.raises(ScalarError, match="2 \\* labels - 1"):
        hinge(scores, [0, 1])


def test_squared_error_is_a_mean():
    assert squared_error([Value(1.0), Value(3.0)], [0.0, 1.0]).data == 2.5


def test_the_weight_penalty_is_a_share_of_the_sum_of_squares():
    assert weight_penalty([Value(3.0), Value(-4.0)], 0.1).data == pytest.approx(2.5)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: hinge([Value(1.0)], [1, -1]), "1 predictions for 2 targets"),
        (lambda: squared_error([], []), "0 predictions for 0 targets"),
        (lambda: softmax([]), "empty list"),
        (lambda: logsumexp([]), "empty list"),
        (lambda: cross_entropy([Value(1.0)], 1), "target 1 among 1 logits: give an index from 0 to 0"),
        (lambda: cross_entropy([Value(1.0)], -1), "target -1"),
    ],
)
def test_mistakes_are_told(make, told: str):
    with pytest.raises(ScalarError, match=told):
        make()
