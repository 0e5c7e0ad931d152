"""Explanations of words against their surprisal taken by hand."""

import json
import math

import numpy as np
import pytest

from evaluation.by_hand import LETTERS, MODEL, by_hand
from moregrad.data.encoded_words import EncodedWords
from moregrad.errors import AlphabetError
from moregrad.evaluation.explanation import EXPECTED, Explanation, explain
from moregrad.evaluation.probabilities import probabilities_after
from moregrad.models.ngram import NGram


@pytest.mark.parametrize("word", ["", "a", "bacab"])
def test_the_surprisal_of_each_character_is_that_taken_by_hand(word: str):
    found = explain(MODEL, LETTERS, word)
    np.testing.assert_allclose(found.surprisal, by_hand(word), atol=1e-5)
    assert found.nats == pytest.approx(sum(by_hand(word)), abs=1e-5)
    assert found.nats_per_character == pytest.approx(np.mean(by_hand(word)), abs=1e-5)


def test_what_was_expected_is_what_may_follow_the_word_so_far():
    found = explain(MODEL, LETTERS, "cab")
    for index in range(4):
        following = probabilities_after(MODEL, LETTERS, "cab"[:index]).to_dict()["probabilities"]
        assert found.expected(index) == pytest.approx(dict(list(following.items())[:EXPECTED]))


def test_a_rank_counts_the_characters_that_were_likelier():
    log = np.log([[0.1, 0.2, 0.4, 0.3], [0.25, 0.25, 0.25, 0.25]])
    found = Explanation("a", ".abc", np.array([1, 0]), log)
    assert found.ranks.tolist() == [3, 1]
    assert found.expected(0) == pytest.approx({"b": 0.4, "c": 0.3, "a": 0.2})
    assert list(found.expected(1)) == ["end", "a", "b"]


def test_an_impossible_character_is_infinitely_surprising_and_null_in_json():
    counted = NGram(order=2, smoothing="add-k", k=0.0).count(EncodedWords.of(["ab"], LETTERS), 4)
    found = explain(counted, LETTERS, "aa")
    assert found.surprisal.tolist() == [0, math.inf, math.inf]
    written = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert (written["nats"], written["characters"][1]["nats"]) == (None, None)
    assert written["characters"][1] == {
        "character": "a",
        "nats": None,
        "probability": 0,
        "rank": 2,
        "expected": {"b": 1, "end": 0, "a": 0},
    }
    assert "inf" in repr(found)


def test_json_has_every_character_and_the_end():
    written = json.loads(json.dumps(explain(MODEL, LETTERS, "ab").to_dict(), allow_nan=False))
    assert [each["character"] for each in written["characters"]] == ["a", "b", "end"]
    assert written["nats_per_character"] == pytest.approx(written["nats"] / 3)


def test_a_table_fits_in_eighty_columns():
    found = explain(MODEL, LETTERS, "abc" * 10)
    lines = repr(found).splitlines()
    assert len(lines) == 1 + 31 + 1
    assert lines[0].split() == ["nats", "rank", "expected"]
    assert max(map(len, lines)) <= 80
    assert f"{found.nats:.4f} nats" in lines[-1]
    assert "<table>" in found._repr_html_()


def test_an_unknown_character_is_told():
    with pytest.raises(AlphabetError, match="'x' at position 1 of 'xa'"):
        explain(MODEL, LETTERS, "xa")
