"""Runs that classify words."""

import math
from typing import Any

import numpy as np
import pytest

import moregrad
from moregrad.errors import ModelError
from moregrad.runs.classifier import Classifier, classify

LEFT = [a + b + c for a in "bcd" for b in "ae" for c in "bcd"]
RIGHT = [a + b + c + "x" for a in "xyz" for b in "oa" for c in "xyz"]
BOTH = ["bab", "bac", "bad", "beb", "bec"]


def counted(words: list[str], **settings: Any) -> moregrad.Run:
    return moregrad.train(words, "ngram", order=3, **settings)


@pytest.fixture(scope="module")
def left() -> moregrad.Run:
    return counted(LEFT)


@pytest.fixture(scope="module")
def right() -> moregrad.Run:
    return counted(RIGHT)


def test_probabilities_follow_from_the_scores(left: moregrad.Run):
    other = counted([word[::-1] for word in LEFT] + BOTH)
    found = classify(["bad", "dab"], {"left": left, "other": other}, prior=[3, 1])
    for index, word in enumerate(("bad", "dab")):
        weights = [w * math.exp(-run.score([word])[0].nats) for w, run in ((3, left), (1, other))]
        assert found.probabilities[index] == pytest.approx(np.array(weights) / sum(weights), rel=1e-5)


def test_a_run_that_cannot_read_a_word_has_probability_zero_and_that_is_told(left: moregrad.Run, right: moregrad.Run):
    found = classify(["bad", "xox", "ω"], {"left": left, "right": right})
    assert found.probabilities[:2].tolist() == [[1, 0], [0, 1]]
    assert found.problems[0] == "right cannot read it: 'b' is not in its vocabulary"
    assert found.problems[2] == (
        "left cannot read it: 'ω' is not in its vocabulary; right cannot read it: 'ω' is not in its vocabulary"
    )
    assert found.likeliest == ["left", "right", None]


def test_a_word_too_long_for_a_run_is_told(left: moregrad.Run):
    short = moregrad.models.Transformer(embedding=8, depth=1, heads=1, positions="learned")
    limited = moregrad.train(LEFT, short, steps=1)
    found = classify(["bababab"], {"left": left, "limited": limited})
    assert found.problems == ("limited cannot read it: longer than 3 characters, which this model cannot read",)
    assert found.probabilities.tolist() == [[1, 0]]


def test_each_run_puts_words_in_lower_case_if_its_list_was():
    lowered, kept = counted([word.upper() for word in LEFT], lower=True), counted([word.upper() for word in LEFT])
    found = classify(["BAD", "bad"], {"lowered": lowered, "kept": kept})
    assert np.isfinite(found.log_likelihoods[0]).all()
    assert np.isneginf(found.log_likelihoods[1]).tolist() == [False, True]
    assert found.words == ("BAD", "bad")


def test_held_out_words_are_classified_unless_another_model_was_trained_on_them():
    first, second = counted(LEFT + BOTH), counted([*RIGHT, *LEFT[::2]])
    classifier = Classifier.of({"first": first, "second": second})
    accuracy = classifier.accuracy
    for row, (run, other) in enumerate(((first, second), (second, first))):
        tested = run.splits["test"].words(run.vocabulary).to_list()
        trained = set(other.splits["train"].words(other.vocabulary))
        fresh = [word for word in tested if word not in trained]
        named = classifier.classify(fresh).likeliest
        expected = [named.count("first"), named.count("second"), named.count(None)]
        assert accuracy.counts[row].tolist() == expected
        assert accuracy.excluded[row] == len(tested) - len(fresh)


def test_words_trained_on_in_lower_case_are_left_out_as_well():
    capital, lowered = counted([word.title() for word in LEFT]), counted([word.title() for word in LEFT], lower=True)
    accuracy = Classifier.of({"capital": capital, "lowered": lowered}).accuracy
    assert accuracy.words.sum() + accuracy.excluded.sum() == sum(len(run.splits["test"]) for run in (capital, lowered))
    tested = [word.lower() for word in capital.splits["test"].words(capital.vocabulary)]
    trained = set(lowered.splits["train"].words(lowered.vocabulary))
    assert accuracy.excluded[0] == sum(word in trained for word in tested)


def test_lists_are_named_after_their_sources_numbered_if_the_same(left: moregrad.Run, right: moregrad.Run):
    assert classify(["bad"], [left, right]).lists == ("the given list (1)", "the given list (2)")


def test_fewer_than_two_lists_are_refused(left: moregrad.Run):
    with pytest.raises(ModelError, match="1 list: to classify words give the runs of two lists or more"):
        classify(["bad"], [left])
    with pytest.raises(ModelError, match="0 list"):
        classify(["bad"], [])


@pytest.mark.usefixtures("untyped_caller")
def test_what_is_no_run_is_refused(left: moregrad.Run):
    with pytest.raises(ModelError, match="'right' is no run; give what train or load returned"):
        classify(["bad"], [left, "right"])  # pyright: ignore[reportArgumentType]


def test_the_prior_may_follow_the_sizes_of_the_lists(left: moregrad.Run):
    sizes = Classifier.of({"left": left, "more": counted(LEFT + RIGHT)}, "sizes").prior
    assert sizes == pytest.approx(np.array([14, 28]) / 42)


def test_no_words_are_classified_as_nothing(left: moregrad.Run, right: moregrad.Run):
    assert len(classify([], [left, right])) == 0
