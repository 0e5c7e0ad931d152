"""The standing of words beside their surprisal, as columns."""

import numpy as np

from evaluation.by_hand import LETTERS
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import Known
from moregrad.evaluation.held_out import HeldOut
from moregrad.evaluation.standing import NovelStanding, Standing

KNOWN = Known({name: EncodedWords.of([word], LETTERS) for name, word in (("train", "a"), ("test", "b"))})
HELD_OUT = HeldOut(np.array([1.0, 2.0, 3.0, 4.0]), 2.5)
WORDS = EncodedWords.of(["a", "b", "cc", ""], LETTERS)
NATS = np.array([3.0, 5.0, 9.0, 0.5])


def test_a_word_has_the_split_that_holds_it_and_its_percentile():
    columns = Standing(KNOWN, HELD_OUT).columns(WORDS, NATS)
    assert columns["where"].to_list() == ["train", "test", "new", "new"]
    assert columns["percentile"].to_list() == [75, 50, 25, 100]


def test_without_held_out_words_percentiles_are_missing():
    columns = Standing(KNOWN, HeldOut(np.zeros(0), float("nan"))).columns(WORDS, NATS)
    assert columns["percentile"].to_list() == [None] * 4


def test_only_new_words_have_nats_given_that_they_are_new():
    columns = NovelStanding(KNOWN, HELD_OUT, -0.5).columns(WORDS, NATS)
    assert list(columns) == ["where", "percentile", "nats_given_new"]
    assert columns["nats_given_new"].to_list() == [None, None, 8.5, None]
