"""Runs whose words have labels."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from data.labelled_table import ROWS, write_table
from matplotlib.text import Text

import moregrad
from moregrad.data.labels import FIRST
from moregrad.errors import DataError, ModelError, StorageError
from moregrad.runs.labelling import evaluate_listed, shares, with_label
from runs.labelled_run import GRU, train_labelled
from runs.small import NAMES, SMALL

WORDS = ["lala", "kakt", "pa", "nik"]


@pytest.fixture(scope="module")
def network() -> moregrad.Run:
    return train_labelled("gru", **GRU)


@pytest.fixture(scope="module", params=["ngram", "gru"])
def labelled(request: pytest.FixtureRequest) -> moregrad.Run:
    return train_labelled(order=3) if request.param == "ngram" else request.getfixturevalue("network")


def test_a_score_is_that_given_the_label_or_the_sum_over_all(labelled: moregrad.Run):
    totals = {name: [s.nats for s in labelled.score(WORDS, label=name)] for name in ("hard", "soft")}
    expected = -np.logaddexp.reduce(
        [np.log(shares(labelled)) - np.array(each) for each in zip(*totals.values(), strict=True)], axis=1
    )
    np.testing.assert_allclose([score.nats for score in labelled.score(WORDS)], expected, atol=1e-3)


def test_probabilities_add_up_to_one_over_all_short_words():
    run = train_labelled(order=2)
    letters = run.given().vocabulary.characters
    short = ["".join(word) for size in range(3) for word in itertools.product(letters, repeat=size)]
    for label in (None, "hard", "soft"):
        total = sum(np.exp(-score.nats) for score in run.score(short, label=label))
        beginnings = [word for word in short if len(word) == 2]
        # What is left goes on beyond two characters.
        rest = sum(
            np.exp(-sum(run.explain(word, label=label).surprisal[:2]))
            * (1 - run.probabilities(word, label=label).probabilities[0])
            for word in beginnings[:: len(beginnings) // 12]
        )
        assert 0 < total < 1
        assert 0 <= rest < 1


def test_what_is_shown_knows_no_symbols(labelled: moregrad.Run, tmp_path: Path):
    private = {chr(FIRST + index) for index in range(2)}
    shown = [
        str(labelled.probabilities()),
        str(labelled.probabilities("l", label="soft")),
        str(labelled.explain("lala")),
        str(labelled.explain("lala", label="hard")),
        labelled._repr_html_(),
        repr(labelled),
        str(labelled.score(["lala", "ω", "lala" * 5000])),
        str(labelled.sample(20, max_length=30)),
        str(labelled.top(5)),
        str(labelled.evaluate()),
        "".join(labelled.given().vocabulary.characters),
        "".join(
            word for split in labelled.given().splits.values() for word in split.words(labelled.given().vocabulary)
        ),
        str(labelled.record),
    ]
    assert not [text for text in shown if private & set(text)]
    assert set(labelled.probabilities().characters) == set(".aeiklmnoprtu")


def test_losses_are_those_of_the_words_given_their_labels(labelled: moregrad.Run):
    parts = {label: with_label(labelled, label) for label in ("hard", "soft")}
    for name, evaluation in labelled.evaluate().items():
        plain = labelled.given().vocabulary
        nats = [
            score.surprisal for label in parts for score in labelled.score(parts[label][name].words(plain), label=label)
        ]
        assert evaluation.all.words == len(nats)
        assert evaluation.all.predictions == sum(map(len, nats))
        assert evaluation.all.total == pytest.approx(sum(map(sum, nats)), rel=1e-4)
    soft, hard = (labelled.evaluate(label=label)["train"].all for label in ("soft", "hard"))
    assert soft.total + hard.total == pytest.approx(labelled.evaluate()["train"].all.total, rel=1e-5)
    assert labelled.evaluate_all()["test"].all.nats == pytest.approx(labelled.evaluate()["test"].all.nats)
    assert labelled.evaluate()["test"].unseen.words == labelled.evaluate()["test"].all.words


def test_the_losses_of_training_count_no_labels(network: moregrad.Run):
    assert network.metrics[-1].validation == pytest.approx(network.evaluate()["validation"].all.nats, rel=1e-4)


def test_other_words_are_evaluated_with_their_labels_or_without(labelled: moregrad.Run, tmp_path: Path):
    given = labelled.evaluate(WORDS, label="soft")["words"].all
    assert given.total == pytest.approx(sum(s.nats for s in labelled.score(WORDS, label="soft")), rel=1e-4)
    anyhow = labelled.evaluate(WORDS)["words"].all
    assert anyhow.total == pytest.approx(sum(s.nats for s in labelled.score(WORDS)), rel=1e-4)
    corpus = moregrad.read_corpus(write_table(tmp_path / "t.csv"), column="word", label="kind")
    whole = sum(evaluation.all.total for evaluation in labelled.evaluate().values())
    listed = evaluate_listed(labelled, corpus)
    assert (listed.all.words, listed.all.total) == (len(ROWS), pytest.approx(whole, rel=1e-4))
    assert evaluate_listed(labelled, corpus, all=True) == listed
    (tmp_path / "other.csv").write_text("word,kind\nlala,soft\nkakt,odd\nlωa,soft\nmala,odd\nnana,soft\nlana,soft\n")
    other = moregrad.read_corpus(tmp_path / "other.csv", column="word", label="kind")
    assert evaluate_listed(labelled, other).all.words == 3


def test_a_word_of_two_labels_is_no_repeated_one(labelled: moregrad.Run):
    losses = (labelled.evaluate(WORDS), labelled.evaluate(WORDS, label="soft"), labelled.evaluate_all(WORDS))
    for found in losses:
        assert found["words"].calibrated is None
        assert found["words"].given_new is not None


def test_ranks_and_the_most_probable_words_are_those_of_the_label():
    run = train_labelled(order=3)
    best = run.top(3, label="soft")
    assert [sample.label for sample in best] == ["soft"] * 3
    assert [sample.nats for sample in best] == pytest.approx(
        [s.nats for s in run.score((x.word for x in best), label="soft")], abs=1e-3
    )
    assert [rank.rank for rank in run.rank([sample.word for sample in best], label="soft")] == [1, 2, 3]
    assert run.rank([run.top(1)[0].word])[0].rank == 1


def test_labels_are_kept_and_resumed(tmp_path: Path):
    run = train_labelled("gru", **GRU, out=tmp_path / "run")
    again = moregrad.load(tmp_path / "run")
    assert again.labels == run.labels
    assert again.record.labels == {"hard": 20, "soft": 20}
    assert [s.nats for s in again.score(WORDS, label="soft")] == [s.nats for s in run.score(WORDS, label="soft")]
    assert "\ue000" not in (tmp_path / "run" / "samples.txt").read_text() + (tmp_path / "run" / "run.json").read_text()
    longer = moregrad.resume(tmp_path / "run", steps=45)
    assert (longer.step, longer.labels) == (45, run.labels)


def test_a_run_given_a_label_is_not_saved(labelled: moregrad.Run, tmp_path: Path):
    for label in (None, "soft"):
        with pytest.raises(StorageError, match="this run is that of a label; save the one that it was made from"):
            moregrad.save(labelled.given(label), tmp_path / "run")


def test_labels_that_do_not_exist_are_refused(labelled: moregrad.Run):
    with pytest.raises(DataError, match="there is no label 'sofd'; did you mean 'soft'"):
        labelled.score(["lala"], label="sofd")
    plain = moregrad.train(NAMES, "mlp", **SMALL)
    assert plain.given() is plain
    for method in (plain.score, plain.rank, plain.evaluate):
        with pytest.raises(ModelError, match="the words of this run have no labels; train one with --label COLUMN"):
            method(["ada"], label="soft")
    with pytest.raises(ModelError, match="have no labels"):
        plain.sample(3, label="soft")


def test_labels_tell_words_apart():
    run = train_labelled(order=3)
    found = moregrad.classify(["lana", "tuka"], run)
    assert found.likeliest == ["soft", "hard"]
    totals = np.array([[run.score(["lana"], label=label)[0].nats for label in found.lists]])
    weights = shares(run) * np.exp(-totals)
    assert found.probabilities[0] == pytest.approx((weights / weights.sum())[0], rel=1e-4)
    accuracy = moregrad.Classifier.of(run).accuracy
    assert accuracy.words.sum() == len(run.splits["test"])
    assert accuracy.excluded.sum() == 0


@pytest.mark.parametrize(
    "kind",
    ["letters", "lengths", "bigrams", "probabilities", "surprisal", "embeddings", "logits-gradient", "receptive-field"],
)
def test_pictures_show_names_in_place_of_symbols(network: moregrad.Run, kind: str):
    axes = network.plot(kind)
    figure = axes.get_figure(root=True)
    assert figure is not None
    texts = [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)]
    assert not [text for text in texts if "E0\n00" in text or "\ue000" in text or "\ue001" in text]
