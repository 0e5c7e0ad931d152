"""Words classified by Bayes' rule."""

import math

import numpy as np
import pytest

from moregrad.evaluation.classification import Classification, posterior


def found(lists: int = 2) -> Classification:
    """Three words: one like the first list, one that only the second can have made, one that none can."""
    logs = np.full((3, lists), -np.inf)
    logs[0, :2], logs[1, 1] = (math.log(0.6), math.log(0.1)), math.log(1e-300)
    prior = np.array([0.25, 0.75] + [0.0] * (lists - 2))
    names = tuple(f"list {n}" for n in range(1, lists + 1))
    return Classification(("ada", "bea", "cleo"), names, logs, prior, ("", "list 1 cannot read it: 'b'", "neither"))


def test_probabilities_are_those_of_bayes_rule():
    classified = found()
    assert classified.probabilities[0] == pytest.approx([2 / 3, 1 / 3])
    assert classified.probabilities[1].tolist() == [0, 1]
    assert np.isnan(classified.probabilities[2]).all()
    assert classified.likeliest == ["list 1", "list 2", None]


def test_probabilities_of_words_that_are_hardly_possible_add_up_to_one():
    shares = posterior(np.array([[-1e5, -1e5 - 1]]), np.array([0.5, 0.5]))
    assert shares[0] == pytest.approx([1 / (1 + math.exp(-1)), 1 / (1 + math.e)])


def test_a_list_of_prior_zero_has_probability_zero():
    assert posterior(np.zeros((1, 2)), np.array([0.0, 1.0])).tolist() == [[0, 1]]


def test_no_words_have_no_probabilities():
    nothing = Classification((), ("a", "b"), np.zeros((0, 2)), np.array([0.5, 0.5]), ())
    assert (len(nothing), nothing.likeliest, nothing.to_dicts()) == (0, [], [])
    assert str(nothing) == "word  a  b"


def test_json_has_none_for_what_is_infinite_or_unknown():
    first, second, third = found().to_dicts()
    assert first["probabilities"] == pytest.approx({"list 1": 2 / 3, "list 2": 1 / 3})
    assert first["nats"]["list 1"] == pytest.approx(-math.log(0.6))
    assert (second["nats"]["list 1"], second["problem"]) == (None, "list 1 cannot read it: 'b'")
    assert (third["likeliest"], third["probabilities"]) == (None, {"list 1": None, "list 2": None})


def test_it_is_shown_as_a_table_with_a_column_for_each_list():
    heading, *rows = str(found()).splitlines()
    assert heading.split() == ["word", "list", "1", "list", "2"]
    assert [row.split() for row in rows[:3]] == [
        ["ada", "0.6667", "0.3333"],
        ["bea", "0.0000", "1.0000"],
        ["cleo", "-", "-"],
    ]
    assert rows[3:] == ["'bea': list 1 cannot read it: 'b'", "'cleo': neither"]


def test_of_many_lists_the_likeliest_are_named():
    heading, first, *_ = str(found(9)).splitlines()
    assert heading.split() == ["word", "1.", "2.", "3."]
    assert [cell.strip() for cell in first.split("  ") if cell][1:] == [
        "list 1 0.6667",
        "list 2 0.3333",
        "list 3 0.0000",
    ]


def test_of_many_words_the_first_are_shown():
    words = tuple(f"w{n}" for n in range(100))
    many = Classification(words, ("a", "b"), np.zeros((100, 2)), np.array([0.5, 0.5]), ("",) * 100)
    assert str(many).splitlines()[-1] == "60 more words"
    assert len(str(many.tabulate(100)).splitlines()) == 101
