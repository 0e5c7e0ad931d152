"""The surprisal of tokens against calls of the model by hand."""

import jax.random as jr
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.by_hand import LETTERS, MODEL, by_hand
from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.evaluation import surprisal
from moregrad.evaluation.surprisal import surprisals
from moregrad.models.architecture import Architecture
from moregrad.models.gru import GRU
from moregrad.models.mlp import MLP
from moregrad.models.ngram import NGram

WORDS = st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=9)


@settings(max_examples=6)
@given(WORDS)
def test_every_token_costs_what_the_model_says_of_its_context(words):
    expected = [nats for word in words for nats in by_hand(word)]
    assert surprisals(MODEL, EncodedWords.of(words, LETTERS)).tolist() == pytest.approx(expected, abs=1e-5)


def test_a_word_longer_than_a_row_is_scored_whole():
    word = "abcab" * 30
    assert surprisals(MODEL, EncodedWords.of([word, "a"], LETTERS)).tolist() == pytest.approx(
        by_hand(word) + by_hand("a"), abs=1e-5
    )


@pytest.mark.parametrize("kind", [MLP(context=3, embedding=4, hidden=8), GRU(embedding=4, hidden=8)])
def test_a_long_word_among_short_ones_changes_no_score(kind: Architecture):
    model = kind.build(4, 8, key=jr.key(0))
    words = ["ab", "abc" * 50, "c", "b" * 63, "b" * 64, "ca"]
    alone = [surprisals(model, EncodedWords.of([word], LETTERS)) for word in words]
    np.testing.assert_allclose(surprisals(model, EncodedWords.of(words, LETTERS)), np.concatenate(alone), atol=1e-5)


def test_many_batches_are_scored_in_order(monkeypatch):
    words = ["abc"[number % 3] * (number % 7 + 1) for number in range(200)]
    expected = [nats for word in words for nats in by_hand(word)]
    monkeypatch.setattr(surprisal, "POSITIONS", 128)
    assert surprisals(MODEL, EncodedWords.of(words, LETTERS)).tolist() == pytest.approx(expected, abs=1e-5)


def test_no_words_have_no_surprisals():
    assert surprisals(MODEL, EncodedWords.of([], LETTERS)).shape == (0,)


def test_few_words_alone_cost_what_they_do_among_many():
    words = ["ab", "c", "abcab"]
    few, many = (surprisals(MODEL, EncodedWords.of(each, LETTERS)) for each in (words, words * 500))
    assert many[: len(few)] == pytest.approx(few, abs=1e-5)


@pytest.mark.parametrize("kind", [NGram(order=3), GRU(embedding=4, hidden=8)])
def test_words_of_hundreds_of_symbols_are_scored_in_parts_as_at_once(kind: Architecture, monkeypatch):
    wide = Vocabulary("".join(map(chr, range(0x4E00, 0x4E00 + 300))))
    words = EncodedWords.of([wide.characters[at : at + 1 + at % 5] for at in range(0, 290, 3)] * 9, wide)
    model = kind.build(len(wide), 8, key=jr.key(0)).count(words.first(60))
    monkeypatch.setattr(surprisal, "NUMBERS", 3 * 64 * 301)
    in_parts = surprisals(model, words)
    narrow = surprisal._costs
    monkeypatch.setattr(surprisal, "_costs_in_parts", narrow)
    np.testing.assert_allclose(in_parts, surprisals(model, words), rtol=1e-5)
