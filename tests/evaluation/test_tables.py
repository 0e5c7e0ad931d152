"""Scores as a table: the same as word by word."""

import jax.random as jr
import polars as pl
import pytest

from moregrad.data.vocabulary import Vocabulary
from moregrad.evaluation.scores import problems, score_words
from moregrad.evaluation.tables import score_table
from moregrad.models.transformer import Transformer

WORDS = ["ab", "", "cab", "axb", "abcabc", "b"]
VOCABULARY = Vocabulary("abc")
MODEL = Transformer(embedding=4, depth=1, heads=1, positions="learned").build(4, 5, key=jr.key(0))


def test_a_table_holds_the_scores_of_the_words_in_order():
    table = score_table(MODEL, VOCABULARY, pl.Series(WORDS))
    scores = score_words(MODEL, VOCABULARY, WORDS)
    assert table["word"].to_list() == WORDS
    for row, score in zip(table.iter_rows(named=True), scores, strict=True):
        assert (row["problem"] or "") == score.problem
        assert tuple(row["surprisal"] or ()) == pytest.approx(score.surprisal)
        assert row["problem"] or row["nats"] == pytest.approx(score.nats)
        assert row["problem"] or row["nats_per_character"] == pytest.approx(score.nats_per_character)


def test_a_word_of_strange_characters_or_too_many_cannot_be_scored():
    found = problems(MODEL, VOCABULARY, WORDS)
    assert list(found) == [3, 4]
    assert "'x' at position 2" in found[3]
    assert "longer than 4 characters" in found[4]


def test_no_words_make_an_empty_table():
    assert score_table(MODEL, VOCABULARY, pl.Series([], dtype=pl.String)).height == 0
