"""Words of a label, or of each label its share."""

from typing import Any

import numpy as np
import pytest

import moregrad
from moregrad.runs.labelled_samples import Stream
from moregrad.runs.labelling import shares
from moregrad.sampling.options import Sampling
from runs.labelled_run import train_labelled


@pytest.fixture(scope="module")
def labelled() -> moregrad.Run:
    return train_labelled(order=3)


def test_words_of_a_label_are_drawn_given_it(labelled: moregrad.Run):
    made = labelled.sample(50, label="soft")
    assert {sample.label for sample in made} == {"soft"}
    scores = labelled.score([sample.word for sample in made], label="soft")
    assert [sample.nats for sample in made] == pytest.approx([score.nats for score in scores], abs=1e-3)
    assert made[0].to_dict()["label"] == "soft"


def test_each_label_has_its_share_and_each_word_its_probability(labelled: moregrad.Run):
    made = labelled.sample(4000, max_length=60)  # Shorter limits leave words out.
    found = np.mean([sample.label == "hard" for sample in made])
    assert found == pytest.approx(shares(labelled)[0], abs=0.03)
    best = max(labelled.top(1), key=lambda sample: sample.nats)
    assert np.mean([sample.word == best.word for sample in made]) == pytest.approx(np.exp(-best.nats), abs=0.02)


def test_the_same_seed_gives_the_same_words_however_many(labelled: moregrad.Run):
    assert labelled.sample(5, seed=3) == labelled.sample(30, seed=3)[:5]
    assert labelled.sample(5, seed=3) != labelled.sample(5, seed=4)
    labels = [[sample.label for sample in labelled.sample(30, part=part)] for part in range(3)]
    assert labels[0] != labels[1] != labels[2]


def test_distinct_words_differ_across_labels_and_new_ones_are_in_no_list(labelled: moregrad.Run):
    made = labelled.sample(60, distinct=True, novel=True)
    assert len({sample.word for sample in made}) == len(made) == 60
    assert {sample.where for sample in made} == {"new"}


def test_words_taken_one_by_one_are_drawn_in_few_batches(labelled: moregrad.Run, monkeypatch: pytest.MonkeyPatch):
    asked: list[int] = []
    sample = moregrad.Run.sample

    def note(run: moregrad.Run, **settings: Any) -> Any:
        asked.append(settings["count"])
        return sample(run, **settings)

    monkeypatch.setattr(moregrad.Run, "sample", note)
    stream = Stream(labelled, "soft", Sampling())
    words = [stream.take() for _ in range(100)]
    assert asked == [1, 2, 4, 8, 16, 32, 64, 128]
    assert [word and word.word for word in words] == [word.word for word in sample(labelled, 100, label="soft")]


def test_a_prefix_begins_words_of_every_label(labelled: moregrad.Run):
    assert all(sample.word.startswith("la") for sample in labelled.sample(10, prefix="la"))


def test_too_few_words_are_explained(labelled: moregrad.Run):
    made = labelled.sample(500, distinct=True, max_length=1)
    assert len(made) < 500
    assert made.shortage.startswith(f"found only {len(made)} of 500 words: label ")
    assert len(labelled.sample(0)) == 0
