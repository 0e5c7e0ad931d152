"""Tables of scores of many words."""

from typing import Any

import polars as pl
import pytest

from moregrad.errors import AlphabetError
from moregrad.runs.rated_tables import check_scored, rate_none, rate_words
from runs.prepared import prepared


def test_what_is_told_of_many_words_is_told_of_each():
    run, words = prepared("ngram", order=3), ["bada", "lida", "ÄÖ"]
    (table,) = rate_words(run, [pl.Series("word", words)], novel=True, rank=True)
    assert table["percentile"].to_list() == [rating.percentile for rating in run.rate(words)]
    assert table["nats_given_new"].to_list() == [score.nats for score in run.score_novel(words)]
    assert table["rank"].to_list()[:2] == [rank.rank for rank in run.rank(words)[:2]]
    assert table["rank"][2] is None


def test_the_table_of_no_words_has_the_same_columns():
    run = prepared("ngram", order=3)
    more: dict[str, Any]
    for more in ({}, {"novel": True, "rank": True}):
        (table,) = rate_words(run, [pl.Series("word", ["bada"])], **more)
        assert rate_none(run, **more).schema == table.schema


def test_a_word_that_cannot_be_scored_is_named_with_its_number():
    (table,) = rate_words(prepared("ngram", order=3), [pl.Series("word", ["bada", "ÄÖ"])])
    check_scored(table[:1], before=0)
    with pytest.raises(AlphabetError, match=r"word 12 of a\.txt, 'ÄÖ', cannot be scored: 'Ä' at position 1"):
        check_scored(table, before=10, source="a.txt")
