"""Scores as tables: the same as word by word."""

from itertools import cycle, islice

import jax.random as jr
import polars as pl
import pytest

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import Known
from moregrad.data.vocabulary import Vocabulary
from moregrad.evaluation import tables
from moregrad.evaluation.held_out import HeldOut
from moregrad.evaluation.scores import find_problems, score_words
from moregrad.evaluation.standing import Standing
from moregrad.evaluation.tables import rate_table, rate_tables, score_table, score_tables
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
    found = find_problems(MODEL, VOCABULARY, WORDS)
    assert list(found) == [3, 4]
    assert "'x' at position 2" in found[3]
    assert "longer than 4 characters" in found[4]


def test_a_judged_table_has_the_scores_and_what_is_known_beside_them():
    known = Known({"train": EncodedWords.of(["ab"], VOCABULARY)})
    standing = Standing(known, HeldOut.of(MODEL, EncodedWords.of(["cab", "b", ""], VOCABULARY)))
    table = rate_table(MODEL, VOCABULARY, standing, pl.Series(WORDS))
    assert table.drop("where", "percentile").equals(score_table(MODEL, VOCABULARY, pl.Series(WORDS)))
    assert table["where"].to_list() == ["train", "new", "new", None, None, "new"]
    assert table["percentile"].is_null().to_list() == [False, False, False, True, True, False]
    parts = [pl.Series(WORDS[:2]), pl.Series(WORDS[2:])]
    judged = pl.concat(rate_tables(MODEL, VOCABULARY, standing, parts, ready=lambda: False))
    assert judged["where"].equals(table["where"])
    empty = rate_table(MODEL, VOCABULARY, standing, pl.Series([], dtype=pl.String))
    assert (empty.height, empty.columns) == (0, table.columns)


def test_no_words_make_an_empty_table():
    assert score_table(MODEL, VOCABULARY, pl.Series([], dtype=pl.String)).height == 0


def test_a_long_list_is_scored_in_chunks_and_in_order(monkeypatch):
    monkeypatch.setattr(tables, "CHUNK", 2)
    parts = [pl.Series(WORDS), pl.Series([], dtype=pl.String), pl.Series(["c"]), pl.Series(WORDS[:3])]
    found = list(score_tables(MODEL, VOCABULARY, parts))
    assert [table.height for table in found] == [2, 2, 2, 1, 2, 1]
    whole = score_table(MODEL, VOCABULARY, pl.concat(parts))
    scored = pl.concat(found)
    assert scored.select("word", "problem").equals(whole.select("word", "problem"))
    assert scored["nats"].drop_nulls().to_list() == pytest.approx(whole["nats"].drop_nulls().to_list(), rel=1e-6)


def test_an_endless_list_is_scored_as_far_as_it_is_asked_for():
    endless = (pl.Series([word]) for word in cycle("abc"))
    assert [table["word"].item() for table in islice(score_tables(MODEL, VOCABULARY, endless), 4)] == list("abca")
