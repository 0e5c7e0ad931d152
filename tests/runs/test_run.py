"""A run samples, scores and evaluates."""

import math
from typing import Any

import numpy as np
import pytest
from sampling.distances import distance

import moregrad
from moregrad.errors import ConfigurationError, DataError, ModelError
from runs.small import NAMES


@pytest.fixture(scope="module")
def limited() -> moregrad.Run:
    """A run whose model has a table of positions as long as the longest word."""
    transformer = moregrad.models.Transformer(embedding=8, depth=1, heads=1, positions="learned")
    return moregrad.train(NAMES, transformer, steps=1)


def test_as_many_words_are_made_as_asked_for_by_default_twenty(run: moregrad.Run):
    assert (len(run.sample(3)), len(run.sample())) == (3, 20)
    assert max(len(sample.word) for sample in run.sample(100, temperature=3.0)) == max(map(len, NAMES))


def test_a_prefix_is_normalised_as_the_words_are():
    run = moregrad.train([name.replace("a", "á") for name in NAMES] + ["áda"], "ngram", order=2)
    assert all(sample.word.startswith("á") for sample in run.sample(5, prefix="a\u0301"))


def test_an_evaluation_is_the_mean_of_the_scores(run: moregrad.Run):
    for name, evaluation in run.evaluate().items():
        words = run.splits[name].words(run.vocabulary).to_list()
        nats = np.concatenate([score.surprisal for score in run.score(words)])
        assert evaluation.all.nats == pytest.approx(nats.mean(), rel=1e-5)
        assert (evaluation.all.words, evaluation.all.predictions) == (len(words), len(nats))


def test_words_of_its_own_may_be_evaluated_and_only_unseen_ones_apart(run: moregrad.Run):
    trained = run.splits["train"].words(run.vocabulary)[0]
    evaluation = run.evaluate([trained, "abab"])["words"]
    (score,) = run.score(["abab"])
    assert (evaluation.all.words, evaluation.unseen.words) == (2, 1)
    assert evaluation.unseen.nats == pytest.approx(score.nats / 5, rel=1e-5)


def test_what_the_model_puts_on_its_training_words_is_left_out_of_losses_given_new(run: moregrad.Run):
    trained = run.splits["train"].words(run.vocabulary).to_list()
    mass = sum(math.exp(-score.nats) for score in run.score(trained))
    every, (abab,) = [*run.evaluate().values(), *run.evaluate(["abab"]).values()], run.score(["abab"])
    assert [evaluation.training_mass for evaluation in every] == pytest.approx([mass] * 4)
    assert every[-1].given_new is not None
    assert every[-1].given_new.total == pytest.approx(abab.nats + math.log(1 - mass), rel=1e-5)
    assert run.evaluate_all()["test"].given_new == every[2].given_new


def test_what_the_model_puts_on_many_training_words_is_estimated(monkeypatch: pytest.MonkeyPatch):
    exact = moregrad.train(NAMES, "ngram", order=3).evaluate()["test"]
    monkeypatch.setattr("moregrad.evaluation.samples.SAMPLE", 5)
    monkeypatch.setattr("moregrad.runs.comparison.SAMPLE", 5)
    found = moregrad.train(NAMES, "ngram", order=3).evaluate()
    assert (found["train"].all.words, found["train"].all.sampled_from) == (5, 19)
    assert found["test"].training_mass == pytest.approx(exact.training_mass, abs=0.01)
    assert exact.given_new is not None
    assert found["test"].given_new is not None
    assert found["test"].given_new.nats == pytest.approx(exact.given_new.nats, abs=0.01)


def test_a_word_longer_than_the_model_reads_is_not_made(limited: moregrad.Run):
    longest = max(map(len, NAMES))
    assert len(limited.sample(3, max_length=longest)) == 3
    with pytest.raises(ConfigurationError, match=f"max_length is {longest + 1}; it must be at most {longest} for this"):
        limited.sample(3, max_length=longest + 1)


def test_it_says_what_it_is(run: moregrad.Run):
    assert repr(run).startswith("<Run of MLP(")
    assert repr(run).endswith(f", {len(NAMES)} words, step 20>")


def test_a_sample_costs_what_its_score_says(run: moregrad.Run):
    made = run.sample(20, temperature=0.5, prefix="b")
    assert [sample.nats for sample in made] == pytest.approx(
        [score.nats for score in run.score(sample.word for sample in made)], abs=1e-4
    )


def test_what_may_follow_and_why_a_word_is_surprising_agree_with_its_score(run: moregrad.Run):
    (score,) = run.score(["bada"])
    np.testing.assert_allclose(run.explain("bada").surprisal, score.surprisal, atol=1e-5)
    following = run.probabilities("bad")
    assert -np.log(following.probabilities[following.characters.index("a")]) == pytest.approx(
        score.surprisal[3], abs=1e-5
    )
    assert run.probabilities().prefix == ""


def test_prefixes_and_words_are_normalised_as_scored_ones_are():
    run = moregrad.train([name.replace("a", "Á") for name in NAMES], "ngram", order=2, lower=True)
    assert run.probabilities("BA\u0301").prefix == "bá"
    assert run.explain("BA\u0301").word == "bá"


@pytest.mark.parametrize("text", [None, 5, ["emma"]])
def test_what_is_no_text_is_refused(text: Any, run: moregrad.Run, untyped_caller: None):
    for method in (run.probabilities, run.explain):
        with pytest.raises(DataError, match="is no text; give one"):
            method(text)


def test_a_word_longer_than_the_model_reads_is_not_explained(limited: moregrad.Run):
    with pytest.raises(ModelError, match="longer than"):
        limited.explain(NAMES[0] * 9)


def test_one_text_is_no_list_of_words(run: moregrad.Run):
    for method in (run.score, run.evaluate):
        with pytest.raises(DataError, match="give a list of words"):
            method("emma")


def test_what_cannot_be_scored_is_not_evaluated(limited: moregrad.Run):
    word = NAMES[0]
    assert limited.score([word * 9])[0].problem
    assert limited.evaluate([word, word * 9, "xyz"])["words"].all.words == 1


def test_no_empty_word_is_made():
    made = moregrad.train(NAMES, "ngram", order=1, smoothing="add-k").sample(200)
    assert len(made) == 200
    assert all(sample.word for sample in made)


def test_a_seed_out_of_range_is_refused(run: moregrad.Run):
    with pytest.raises(ConfigurationError, match="seed"):
        run.sample(1, seed=2**63)


@pytest.mark.parametrize("words", [[None], [1.5], ["emma", b"x"], 5, None])
def test_words_that_are_no_text_are_refused(words: Any, run: moregrad.Run, untyped_caller: None):
    with pytest.raises(DataError, match="such as"):
        run.score(words)
    if words is not None:
        with pytest.raises(DataError, match="such as"):
            run.evaluate(words)


@pytest.mark.parametrize("count", [2.5, "5", None, -1, True])
def test_counts_that_are_no_whole_numbers_are_refused(count: Any, run: moregrad.Run, untyped_caller: None):
    with pytest.raises(ConfigurationError, match=r"count is .* whole number"):
        run.sample(count)


def test_lone_surrogates_are_outside_the_vocabulary(run: moregrad.Run):
    assert "not in the vocabulary" in run.score(["\ud800"])[0].problem


def test_the_most_probable_words_come_as_samples_in_order(run: moregrad.Run):
    found = run.top(50)
    assert [sample.nats for sample in found] == sorted(sample.nats for sample in found)
    assert [sample.nats for sample in found] == pytest.approx(
        [score.nats for score in run.score(x.word for x in found)]
    )
    likely = {sample.word for sample in run.sample(2000) if sample.nats < found[-1].nats - 1e-3}
    assert likely <= {sample.word for sample in found}
    assert len(run.top()) == 20
    assert {sample.where for sample in run.top(5, novel=True)} == {"new"}


def test_a_search_has_no_options_of_draws(run: moregrad.Run, untyped_caller: None):
    with pytest.raises(ConfigurationError, match="top has no setting 'temperature'"):
        run.top(3, temperature=0.5)


def test_a_search_keeps_to_the_length_that_the_model_reads(limited: moregrad.Run):
    longest = max(map(len, NAMES))
    assert len(limited.top(30)) == 30
    with pytest.raises(ConfigurationError, match=f"must be at most {longest} for this"):
        limited.top(3, max_length=longest + 1)


def test_the_words_of_a_search_have_their_place_as_rank(run: moregrad.Run):
    found = run.top(1500)
    ranks = run.rank([found[index].word for index in (0, 99, 998, 1499)])
    assert [round(rank.rank) for rank in ranks[:3]] == pytest.approx([1, 100, 999], abs=1)
    assert ranks[3].rank == pytest.approx(1500, abs=5 * ranks[3].standard_error)
    assert [rank.standard_error == 0 for rank in ranks] == [True, True, True, False]
    assert run.ranks is run.ranks


def test_a_word_that_cannot_be_scored_has_no_rank(run: moregrad.Run):
    (unknown, known) = run.rank(["xyz", NAMES[0]])
    assert np.isnan(unknown.rank)
    assert known.rank >= 1
    assert run.rank([]) == []


def test_wishes_are_normalised_as_the_words_are():
    run = moregrad.train([name.replace("a", "Á") for name in NAMES], "ngram", order=2, lower=True)
    for found in (run.sample(5, suffix="DA\u0301", ban="BÁDÁ, L*"), run.top(5, suffix="DA\u0301", ban="BÁDÁ, L*")):
        assert len(found) == 5
        assert all(x.word.endswith("dá") and x.word != "bádá" and x.word[0] != "l" for x in found)


def test_words_unlike_the_list(run: moregrad.Run):
    listed = [word for split in run.splits.values() for word in split.words(run.vocabulary)]
    for found in (run.sample(20, unlike=3, temperature=3.0), run.top(20, unlike=3)):
        assert len(found) == 20
        assert all(min(distance(x.word, word) for word in listed) >= 3 for x in found)


def test_impossible_wishes_are_told_at_once(run: moregrad.Run):
    for make in (run.sample, run.top):
        with pytest.raises(
            ConfigurationError, match="no word satisfies both prefix 'bada' and length '3'; leave one out"
        ):
            make(prefix="bada", length="3")


def test_prefixes_of_a_search_are_normalised_as_the_words_are():
    run = moregrad.train([name.replace("a", "Á") for name in NAMES], "ngram", order=2, lower=True)
    assert all(sample.word.startswith("bá") for sample in run.top(5, prefix="BA\u0301"))
