"""Words with their rows, and the names of columns."""

import polars as pl
import pytest

from moregrad.data.whole_rows import name_columns, separate_rows, with_rows


def test_words_and_rows_come_apart_as_they_were_put_together():
    table = pl.DataFrame({"name": [" ada", None], "word": [1, 2], "row": [[1], None]})
    words, rows = separate_rows(with_rows(table["name"], table))
    assert words.to_list() == [" ada", None]
    assert rows is not None
    assert rows.equals(table)


def test_words_from_no_table_have_no_rows():
    words, rows = separate_rows(pl.Series("word", ["ada"]))
    assert (words.to_list(), rows) == (["ada"], None)


@pytest.mark.parametrize(
    ("header", "named"),
    [
        (["id", "name"], ["id", "name"]),
        (None, ["column 1", "word"]),
        (["", " name "], ["column 1", "name"]),
        (["name", "name"], ["name", "name 2"]),
        (["word", ""], ["word", "word 2"]),
        (["", "column 1"], ["column 1 2", "column 1"]),
    ],
)
def test_columns_have_different_names(header, named):
    assert name_columns(header, 2, 1) == named
