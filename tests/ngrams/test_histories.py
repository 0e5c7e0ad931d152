"""Histories as states, against the model that follows them one by one."""

from itertools import pairwise

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.models.ngram import NGram, NGramModel
from moregrad.ngrams.histories import Histories, count_histories

LETTERS = Vocabulary("abc")
LISTS = [["abca", "ab", "c", "bacc", "acba"], ["a"], [], ["", "bbbb"]]


def counted(words: list[str], *settings: object) -> NGramModel:
    return NGram(*settings).count(EncodedWords.of(words, LETTERS), len(LETTERS))  # type: ignore[arg-type]


def histories_of(model: NGramModel, order: int) -> Histories:
    tables = model.tables
    return Histories.of(tables.trie, tables.gain, tables.weight, model.vocab, order=order)  # type: ignore[arg-type]


@pytest.mark.parametrize("words", LISTS)
@pytest.mark.parametrize("settings", [(1,), (2,), (3, "witten-bell"), (4, "add-k", 0.5), (5,)])
def test_a_word_leads_to_histories_with_the_probabilities_of_the_model(words: list[str], settings: tuple):
    model, long = counted(words, *settings), EncodedWords.of(["abca", "", "ccabba", "bbbbbb"], LETTERS)
    histories, found, history = histories_of(model, settings[0]), [], 0
    for token, after in pairwise(long.tokens.tolist()):
        history = histories.after[history, token] if token else histories.start
        found.append(histories.probability[history, after])
    np.testing.assert_allclose(np.log(found), model.log_probabilities(long), rtol=1e-9)


def test_a_history_is_the_longest_that_the_model_follows():
    model = counted(LISTS[0], 4)
    histories, history, state = histories_of(model, 4), 0, model.begin(1)
    for token in [0, *LETTERS.encode("bacab").tolist()]:
        _, state = model.advance(state, jnp.asarray([token]))
        history = histories.after[history, token] if token else histories.start
        assert history == int(state.max())


@given(st.lists(st.text("abc", max_size=6), max_size=8), st.integers(1, 5), st.integers(1, 5))
def test_shorter_histories_are_those_of_the_whole(words, order: int, shorter: int):
    model = counted(words, order)
    whole, cut = histories_of(model, order), histories_of(model, min(order, shorter))
    assert len(whole) == len(model.tables.weight)
    assert len(cut) == count_histories(model.tables.trie, shorter) <= len(whole)
    np.testing.assert_array_equal(cut.probability, whole.probability[: len(cut)])
    assert cut.length.max() < shorter
    assert cut.after.max() < len(cut)
    assert histories_of(model, 9).start == whole.start


def test_the_history_of_a_beginning_counts_the_boundary():
    histories = histories_of(counted(["ab", "ba"], 4), 4)
    a, b = LETTERS.encode("ab").tolist()
    begun = histories.after[histories.start, a]
    assert (histories.length[begun], histories.opening[begun]) == (2, True)
    within = histories.after[histories.after[begun, b], a]
    assert not histories.opening[within]
    assert histories.length[within] == 2


def test_every_row_sums_to_one_but_that_of_the_missing_history():
    histories = histories_of(counted(LISTS[0], 4), 4)
    np.testing.assert_allclose(histories.probability.sum(axis=1), [0, *[1] * (len(histories) - 1)])
    assert histories.vocab == len(LETTERS)
