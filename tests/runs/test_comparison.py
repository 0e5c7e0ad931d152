"""The figures that words are compared with, against sums over every word and against draws."""

import math
from collections import Counter
from itertools import product

import pytest

import moregrad
from moregrad.data.encoded_words import EncodedWords
from moregrad.errors import ModelError
from moregrad.runs import comparison
from runs.small import NAMES

pytestmark = pytest.mark.filterwarnings("ignore:the loss on")
WORDS = ["".join(word) for length in (2, 3) for word in product("ab", repeat=length)]


@pytest.fixture(scope="module")
def counted() -> moregrad.Run:
    """A run of words of two letters, on which its model puts about half of its probability."""
    return moregrad.train(WORDS, "ngram", order=2)


def test_probabilities_given_new_sum_to_one(counted: moregrad.Run):
    every = ["".join(word) for length in range(1, 13) for word in product("ab", repeat=length)]
    scores = counted.score_novel(every)
    given_new = sum(math.exp(-score.nats) for score in scores if score.nats is not None)
    longer = 1 - sum(math.exp(-score.nats) for score in counted.score(["", *every]))
    assert given_new + longer * math.exp(-counted.comparison.novel_standing.log_rest) == pytest.approx(1, abs=1e-4)
    assert longer < 0.2


def test_novel_words_are_drawn_with_their_probability_given_new(counted: moregrad.Run):
    drawn = Counter(sample.word for sample in counted.sample(20_000, novel=True, max_length=60))
    for word in ("a", "b", "aaaa", "abab", "bbbbb"):
        (score,) = counted.score_novel([word])
        assert score.nats is not None
        assert drawn[word] / 20_000 == pytest.approx(math.exp(-score.nats), abs=0.012)


def test_a_word_that_is_not_new_has_no_such_score_and_says_so(counted: moregrad.Run):
    known = counted.splits["train"].words(counted.vocabulary)[0]
    listed, empty, strange, new = counted.score_novel([known, "", "x", "a"])
    assert (listed.nats, listed.problem) == (None, "it is in train, so it is not new")
    assert (empty.nats, empty.problem) == (None, "it is the empty word")
    assert strange.nats is None
    assert "not in the vocabulary" in (strange.problem or "")
    assert new.problem is None


def test_a_rating_has_the_score_the_split_and_the_percentile(run: moregrad.Run):
    held_out = [word for name in ("validation", "test") for word in run.splits[name].words(run.vocabulary)]
    words = ["dada", "bada", held_out[0], "bxda"]
    per_character = [score.nats_per_character for score in run.score(held_out)]
    for rating, score in zip(run.rate(words), run.score(words), strict=True):
        assert (rating.word, rating.problem or "") == (score.word, score.problem)
        if score.problem:
            assert (rating.where, rating.percentile, rating.nats) == (None, None, None)
            continue
        assert rating.nats == pytest.approx(score.nats)
        likelier = [nats > score.nats_per_character + 1e-6 for nats in per_character]
        assert rating.percentile == pytest.approx(100 * sum(likelier) / len(likelier))
    assert run.rate(words)[2].where == "validation"


def test_held_out_words_count_once_and_only_if_they_were_not_trained_on():
    run = moregrad.train([*NAMES, *NAMES[:8]], "ngram", order=2, split="lecture")
    held_out = {word for name in ("validation", "test") for word in run.splits[name].words(run.vocabulary)}
    trained = set(run.splits["train"].words(run.vocabulary))
    assert 0 < len(held_out - trained) < len(held_out)
    assert len(run.comparison.held_out) == len(held_out - trained)


def test_a_model_that_makes_little_but_its_list_gives_no_probability_to_new_words():
    beginnings = ["abcdefghij"[: length + 1] for length in range(10)]
    run = moregrad.train(beginnings, "ngram", order=2, smoothing="add-k", k=0.0)
    with pytest.raises(ModelError, match=r"puts 100\.000% of its probability on the words of its list"):
        run.score_novel(["abc"])


def test_the_mass_on_many_words_is_estimated(monkeypatch: pytest.MonkeyPatch, counted: moregrad.Run):
    monkeypatch.setattr(comparison, "SAMPLE", 5)
    found = moregrad.train(WORDS, "ngram", order=2).comparison
    assert found.trained.mass == pytest.approx(counted.comparison.trained.mass, abs=0.01)
    assert found.novel_standing.log_rest == pytest.approx(counted.comparison.novel_standing.log_rest, abs=0.02)


def test_joined_words_are_one_list():
    run_words = moregrad.data.Vocabulary("ab")
    parts = [EncodedWords.of(words, run_words) for words in (["a", "ab"], [], ["b"])]
    assert EncodedWords.join(parts).words(run_words).to_list() == ["a", "ab", "b"]
