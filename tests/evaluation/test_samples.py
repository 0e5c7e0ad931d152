"""The sample of a long list, and its words scored piece by piece."""

import numpy as np
import pytest

from evaluation.by_hand import LETTERS, MODEL
from moregrad.data.encoded_words import EncodedWords
from moregrad.evaluation import samples
from moregrad.evaluation.samples import draw, nats_in_pieces
from moregrad.evaluation.surprisal import word_nats

NUMBERED = EncodedWords.of([chr(ord("a") + n % 3) * (n // 3 + 1) for n in range(60)], LETTERS)


def test_a_short_list_is_taken_whole(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(samples, "SAMPLE", 60)
    assert draw(NUMBERED) is NUMBERED


def test_a_sample_has_every_word_once_at_most_from_all_over_the_list(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(samples, "SAMPLE", 20)
    drawn = draw(NUMBERED).words(LETTERS).to_list()
    assert len(set(drawn)) == 20
    everything = NUMBERED.words(LETTERS).to_list()
    assert drawn == [word for word in everything if word in set(drawn)]
    assert drawn == draw(NUMBERED).words(LETTERS).to_list()
    # The mean place of 20 of 60 is 29.5 with a deviation of about 3.2.
    assert abs(np.mean([everything.index(word) for word in drawn]) - 29.5) < 10


def test_all_words_are_scored_piece_by_piece(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(samples, "PIECE", 25)
    done: list[float] = []
    nats = nats_in_pieces(MODEL, NUMBERED, done.append)
    assert done == [0, 25 / 60, 50 / 60, 1]
    np.testing.assert_allclose(nats, word_nats(MODEL, NUMBERED), rtol=1e-5)


def test_no_words_have_no_nats():
    done: list[float] = []
    assert nats_in_pieces(MODEL, EncodedWords.of([], LETTERS), done.append).shape == (0,)
    assert done == [0]
