"""Counts of words in a file are those of the same words in memory."""

from itertools import chain

import jax
import numpy as np
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.stored_words import StoredWords
from moregrad.models.ngram import NGram
from moregrad.models.stack import Stack
from moregrad.ngrams.counted import clear_scratch, table_of, thresholds_within

SMOOTHINGS = ("kneser-ney", "witten-bell", "add-k")


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
@pytest.mark.parametrize("prune", [(), (0, 0, 1)])
def test_stored_words_are_counted_as_those_in_memory(smoothing, prune, names):
    train, _, vocab = names
    words = train.first(3000)
    architecture = NGram(5, smoothing, prune=prune)
    stored, whole = (architecture.count(each, vocab).tables for each in (StoredWords(words.tokens), words))
    for mine, theirs in zip(jax.tree.leaves(stored), jax.tree.leaves(whole), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("prune", [(), (0, 0, 1)])
def test_stored_words_train_a_stack_on_the_rows_of_those_in_memory(prune, names):
    train, _, vocab = names
    words = train.first(600)
    architecture = Stack(orders=(2, 4), prune=prune)
    stored, whole = (architecture.examples(each, vocab) for each in (StoredWords(words.tokens), words))
    for mine, theirs in zip(jax.tree.leaves(stored), jax.tree.leaves(whole), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-5)


def test_thresholds_keep_as_many_ngrams_as_there_is_room_for(names):
    train, _, vocab = names
    words = train.first(3000)
    table = table_of(StoredWords(words.tokens), vocab, 4)

    def kept(prune):
        return len(NGram(4, prune=prune).count(words, vocab).tables.trie.token) - 2

    assert thresholds_within(table, 10**6) == ()
    for room in (2000, 800):
        zero, same, lowest = thresholds_within(table, room)
        assert (zero, same) == (0, 0)
        assert kept((0, 0, lowest)) <= room < kept((0, 0, lowest - 1))


def test_words_that_are_all_empty_are_counted():
    encoded = EncodedWords(np.zeros(5, np.uint8))
    for words in (encoded, StoredWords(encoded.tokens)):
        tables = NGram(3).count(words, 2).tables
        assert list(chain(*(np.asarray(each).tolist() for each in (tables.trie.first, tables.trie.token)))) != []


def test_nothing_is_left_of_sorting(tmp_path, names):
    train, _, vocab = names
    words = train.first(300)
    (tmp_path / ".grams-").mkdir()
    (tmp_path / ".grams-" / "run.0.packed").touch()
    table = table_of(StoredWords(words.tokens), vocab, 3, folder=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["grams-3.count", "grams-3.json", "grams-3.packed"]
    assert table_of(StoredWords(words.tokens), vocab, 3, folder=tmp_path).packed.tolist() == table.packed.tolist()
    (tmp_path / ".grams-abc").mkdir()
    clear_scratch(tmp_path)
    assert not (tmp_path / ".grams-abc").exists()
