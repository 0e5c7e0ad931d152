"""Scores beside the other columns of a table."""

import polars as pl
import pytest

from moregrad.errors import DataError
from moregrad.evaluation.scored_rows import score_rows


def measure(words):
    """Scores that tell their word, made two ahead as parallel work is."""
    ready = []
    for series in words:
        ready.append(pl.DataFrame({"word": series, "nats": series.str.len_chars()}))
        if len(ready) > 2:
            yield ready.pop(0)
    yield from ready


def test_every_word_keeps_its_row_however_far_ahead_the_scores_are_made():
    tables = [pl.DataFrame({"name": [f"n{i}", "x" * i], "id": [i, -i]}) for i in range(5)]
    found = pl.concat(score_rows(((table["name"], table) for table in tables), measure))
    assert found.columns == ["name", "id", "word", "nats"]
    assert found.drop("word", "nats").equals(pl.concat(tables))
    assert found["name"].equals(found["word"], check_names=False)
    assert found["nats"].equals(found["name"].str.len_chars(), check_names=False)


def test_a_table_keeps_its_own_column_of_words():
    table = pl.DataFrame({"word": [" ada "]})
    (found,) = score_rows([(pl.Series(["ada"]), table)], measure)
    assert found.to_dicts() == [{"word": " ada ", "nats": 3}]


def test_a_column_called_as_a_score_is_told():
    with pytest.raises(DataError, match="the table has the columns nats, and scores are added under these names"):
        list(score_rows([(pl.Series(["ada"]), pl.DataFrame({"nats": [1]}))], measure))
