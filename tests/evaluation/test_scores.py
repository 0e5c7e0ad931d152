"""Scores of words against sums taken by hand."""

import json
import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation import ascending
from evaluation.by_hand import LETTERS, MODEL, by_hand
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import is_in
from moregrad.evaluation import samples
from moregrad.evaluation.novelty import Listed
from moregrad.evaluation.precision import standard_error
from moregrad.evaluation.scores import Evaluation, Score, WordScore, evaluate, evaluate_splits, score_words
from moregrad.evaluation.surprisal import word_nats


def test_scores_come_in_the_order_given_and_unscorable_words_say_why():
    scores = score_words(MODEL, LETTERS, ["ab", "axb", "", "c"])
    assert [score.word for score in scores] == ["ab", "axb", "", "c"]
    assert scores[0].surprisal == pytest.approx(by_hand("ab"), abs=1e-5)
    assert "'x' at position 2" in scores[1].problem
    assert math.isnan(scores[1].nats_per_character)
    assert len(scores[2].surprisal) == 1
    assert scores[3].nats_per_character == pytest.approx(np.mean(by_hand("c")), abs=1e-5)


def test_unseen_words_are_those_that_training_lacks():
    encoded, seen = EncodedWords.of(["ab", "ca", "ab", "c"], LETTERS), EncodedWords.of(["ca"], LETTERS)
    evaluation = evaluate(MODEL, encoded, seen=seen)
    assert evaluation.all.total == pytest.approx(sum(sum(by_hand(w)) for w in ["ab", "ca", "ab", "c"]), rel=1e-5)
    assert evaluation.unseen.total == pytest.approx(sum(sum(by_hand(w)) for w in ["ab", "ab", "c"]), rel=1e-5)
    assert (evaluation.unseen.words, evaluation.unseen.predictions) == (3, 8)


def listed(words: EncodedWords) -> Listed:
    return Listed.of(word_nats(MODEL, words), words)


def measures(score: Score | None) -> tuple[float, int, int]:
    assert score
    return score.total, score.predictions, score.words


def test_given_new_is_the_loss_of_unseen_words_without_what_the_model_gives_the_training_words():
    encoded, seen = (EncodedWords.of(words, ascending.LETTERS) for words in (["a", "ab", "ab"], ["a", "b", "a", "c"]))
    evaluation = evaluate(ascending.MODEL, encoded, seen=seen)
    mass = sum(ascending.PROBABILITY[word] for word in ("a", "b", "c"))
    assert evaluation.training_mass == pytest.approx(mass)
    expected = -2 * math.log(ascending.PROBABILITY["ab"] / (1 - mass))
    assert measures(evaluation.given_new) == pytest.approx((expected, 6, 2))
    assert measures(evaluation.unseen) == pytest.approx((2 * ascending.nats("ab"), 6, 2))


def test_calibrated_is_the_loss_of_all_words_where_training_words_are_repeated():
    encoded = EncodedWords.of(["a", "ab"], ascending.LETTERS)
    repeated, distinct = (EncodedWords.of(words, ascending.LETTERS) for words in (["a", "a", "b"], ["a", "b"]))
    assert evaluate(ascending.MODEL, encoded, seen=distinct).calibrated is None
    a, ab, b = (ascending.PROBABILITY[word] for word in ("a", "ab", "b"))
    known, new = 2 / 3 * (0.7 * a / (a + b) + 0.3 * 2 / 3), 1 / 3 * ab / (1 - a - b)
    found = measures(evaluate(ascending.MODEL, encoded, seen=repeated).calibrated)
    assert found == pytest.approx((-math.log(known) - math.log(new), 5, 2))


def test_a_model_that_knows_nothing_but_its_list_has_no_loss_given_new():
    possible = EncodedWords.of([*ascending.POSSIBLE, "a"], ascending.LETTERS)
    evaluation = evaluate(ascending.MODEL, EncodedWords.of(["cab"], ascending.LETTERS), seen=possible)
    assert (evaluation.given_new, evaluation.calibrated) == (None, None)
    assert evaluation.training_mass == pytest.approx(1)


def test_all_splits_are_scored_as_each_alone():
    splits = {name: EncodedWords.of(words, LETTERS) for name, words in SPLITS.items()}
    found = evaluate_splits(MODEL, splits, trained="train", estimate=partial(listed, splits["train"]))
    assert found["test"] == evaluate(MODEL, splits["test"], seen=splits["train"])
    assert found["train"].given_new == Score(0.0, 0, 0)


def test_bits_and_perplexity_follow_from_nats():
    score = evaluate(MODEL, EncodedWords.of(["abc"], LETTERS), seen=EncodedWords.of(["a"], LETTERS)).all
    assert score.bits == pytest.approx(score.nats / math.log(2))
    assert score.perplexity == pytest.approx(math.exp(score.nats))


SCORES = st.builds(
    Score,
    st.floats(0, 1e9),
    st.integers(1, 10**9),
    st.integers(1, 10**9),
    st.none() | st.floats(0, 10),
    st.none() | st.integers(1, 10**9),
)


def test_a_score_written_before_there_were_errors_is_read():
    assert Score.from_dict({"total": 2.0, "predictions": 4, "words": 1, "nats": 0.5}) == Score(2.0, 4, 1)


def test_scores_have_the_standard_error_of_their_own_words():
    words = ["ab", "ca", "ab", "c"]
    evaluation = evaluate(MODEL, EncodedWords.of(words, LETTERS), seen=EncodedWords.of(["ca"], LETTERS))
    for score, chosen in ((evaluation.all, words), (evaluation.unseen, ["ab", "ab", "c"])):
        totals, sizes = np.array([sum(by_hand(w)) for w in chosen]), np.array([len(w) + 1 for w in chosen])
        assert score.standard_error == pytest.approx(standard_error(totals, sizes), rel=1e-4)


SPLITS = {"train": ["ab", "c", "c"], "test": ["c", "ca"], "validation": []}


@given(SCORES, SCORES, st.none() | SCORES, st.none() | SCORES, st.none() | st.floats(0, 1))
def test_an_evaluation_comes_back_from_json_to_the_bit(score, other, given_new, calibrated, mass):
    evaluation = Evaluation(score, other, given_new, calibrated, mass)
    written = json.dumps(evaluation.to_dict(), allow_nan=False)
    assert Evaluation.from_dict(json.loads(written)) == evaluation


def test_a_score_in_json_has_every_measure():
    assert Score(total=8 * math.log(2), predictions=4, words=1).to_dict() == {
        "words": 1,
        "predictions": 4,
        "nats": pytest.approx(2 * math.log(2)),
        "bits": pytest.approx(2),
        "perplexity": pytest.approx(4),
        "total": 8 * math.log(2),
        "standard_error": None,
        "sampled_from": None,
    }


@pytest.mark.parametrize("score", [Score(0.0, 0, 0), Score(math.inf, 3, 1), Score(1e6, 3, 1)])
def test_measures_that_are_not_finite_are_null_in_json(score):
    written = json.loads(json.dumps(score.to_dict(), allow_nan=False))
    assert written["perplexity"] is None
    assert Score.from_dict(written) == score


def test_a_word_score_in_json_is_a_row_of_the_table():
    assert WordScore("a", (1.0, 2.0)).to_dict() == {
        "word": "a",
        "nats": 3.0,
        "nats_per_character": 1.5,
        "surprisal": [1.0, 2.0],
        "problem": None,
    }
    unscored = {"nats": None, "nats_per_character": None, "surprisal": None}
    assert WordScore("ñ", problem="why").to_dict() == {"word": "ñ", **unscored, "problem": "why"}
    assert WordScore("a", (math.inf, 1.0)).to_dict()["surprisal"] == [None, 1.0]


def test_long_splits_are_scored_on_a_sample_that_tells_their_size(monkeypatch):
    words = ["".join("abc"[number // 3**place % 3] for place in range(number % 5 + 1)) for number in range(300)]
    splits = {"train": EncodedWords.of(words[:250], LETTERS), "test": EncodedWords.of(words[250:], LETTERS)}
    whole = evaluate_splits(MODEL, splits, trained="train", estimate=partial(listed, splits["train"]))
    monkeypatch.setattr(samples, "SAMPLE", 100)
    found = evaluate_splits(MODEL, splits, trained="train", estimate=partial(listed, splits["train"]))
    assert (found["train"].all.words, found["train"].all.sampled_from) == (100, 250)
    assert (found["train"].unseen.words, found["train"].unseen.sampled_from) == (0, 250)
    assert found["train"].all.standard_error is not None
    assert abs(found["train"].all.nats - whole["train"].all.nats) < 3 * found["train"].all.standard_error
    # A split that is not sampled has the very same losses, whatever is known of what training words take.
    assert (found["test"].all, found["test"].unseen) == (whole["test"].all, whole["test"].unseen)
    assert found["test"].unseen.words == (~is_in(splits["test"], splits["train"])).sum()
    assert found["test"].training_mass == whole["test"].training_mass
    assert found["test"].unseen.sampled_from is None
