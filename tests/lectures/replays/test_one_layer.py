"""The network of one layer."""

from itertools import islice

import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.lectures.networks import one_layer
from moregrad.lectures.replays.one_layer import descend
from moregrad.lectures.runs import ONE_LAYER_ON_EMMA
from moregrad.ngrams.bigrams import Bigrams
from moregrad.torch_random import Generator

ALPHABET = Vocabulary("abcdefghijklmnopqrstuvwxyz")


def test_losses_and_names_are_the_published_ones(reproduced):
    assert reproduced("one-layer")[-1].obtained == "anchthizarie"


def test_descending_by_counts_is_training_on_every_pair():
    words = ["emma", "olivia", "ava", "emma"]
    weight = np.asarray(one_layer(Generator(ONE_LAYER_ON_EMMA.seed)).embedding.weight, float)
    counts = Bigrams.of(words, vocabulary=ALPHABET).counts
    losses = [loss for _, loss in islice(descend(weight, counts, 0.1), 5)]
    reports = ONE_LAYER_ON_EMMA.replay(EncodedWords.of(words, ALPHABET), every=5)
    assert losses == pytest.approx(next(reports).losses, rel=1e-5)


def test_the_penalty_is_part_of_the_loss_and_shrinks_the_weights():
    nothing = np.zeros((2, 2), int) + 1
    (_, first), (weight, _) = islice(descend(np.ones((2, 2)), nothing, 1.0, penalty=0.5), 2)
    assert first == pytest.approx(np.log(2) + 0.5)
    assert weight == pytest.approx(np.full((2, 2), 0.75))
