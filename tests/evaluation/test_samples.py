"""Evaluation of long lists against that of all their words at once."""

import numpy as np
import pytest

from evaluation.by_hand import LETTERS, MODEL
from moregrad.data.encoded_words import EncodedWords
from moregrad.evaluation import samples
from moregrad.evaluation.novelty import Listed
from moregrad.evaluation.samples import draw, score_sample, score_whole
from moregrad.evaluation.scores import Evaluation, evaluate
from moregrad.evaluation.surprisal import word_nats

WORDS = ["".join("abc"[number // 3**place % 3] for place in range(number % 5 + 1)) for number in range(300)]
LIST = EncodedWords.of(WORDS, LETTERS)
SEEN = EncodedWords.of(WORDS[::7], LETTERS)
TRAINED = Listed.of(word_nats(MODEL, SEEN), SEEN)


def test_a_short_list_is_scored_whole():
    assert Evaluation.of(score_sample(MODEL, LIST, count=300), TRAINED) == evaluate(MODEL, LIST, seen=SEEN)


def test_a_long_list_is_scored_on_a_sample_that_tells_its_size():
    found = Evaluation.of(score_sample(MODEL, LIST, count=100), TRAINED)
    whole = evaluate(MODEL, LIST, seen=SEEN)
    assert (found.all.words, found.all.sampled_from, found.unseen.sampled_from) == (100, 300, 300)
    assert found.unseen.words < 100
    assert whole.all.sampled_from is None
    assert found.all.standard_error is not None
    assert abs(found.all.nats - whole.all.nats) < 3 * found.all.standard_error
    assert found == Evaluation.of(score_sample(MODEL, LIST, count=100), TRAINED)


def test_a_sample_has_every_word_once_at_most_and_each_as_often():
    numbered = EncodedWords.of([chr(ord("a") + n % 3) * (n // 3 + 1) for n in range(60)], LETTERS)
    drawn = draw(numbered, 20).words(LETTERS).to_list()
    assert len(set(drawn)) == 20
    everything = numbered.words(LETTERS).to_list()
    assert drawn == [word for word in everything if word in set(drawn)]
    # The mean place of 20 of 60 is 29.5 with a deviation of about 3.2.
    assert abs(np.mean([everything.index(word) for word in drawn]) - 29.5) < 10


def test_all_words_are_scored_piece_by_piece(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(samples, "PIECE", 128)
    done: list[int] = []
    found = Evaluation.of(score_whole(MODEL, LIST, done=done.append), TRAINED)
    whole = evaluate(MODEL, LIST, seen=SEEN)
    assert done == [128, 256, 300]
    for one, other in ((found.all, whole.all), (found.unseen, whole.unseen)):
        assert (one.words, one.predictions, one.sampled_from) == (other.words, other.predictions, None)
        assert one.total == pytest.approx(other.total, rel=1e-6)
        assert one.standard_error == pytest.approx(other.standard_error, rel=1e-4)


def test_no_words_have_no_loss():
    nothing = EncodedWords.of([], LETTERS)
    for scored in (score_whole(MODEL, nothing, done=lambda count: None), score_sample(MODEL, nothing)):
        found = Evaluation.of(scored, TRAINED)
        assert (found.all.words, found.all.total, found.all.standard_error) == (0, 0, None)
