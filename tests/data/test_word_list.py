"""Words that Python code hands over."""

import polars as pl
import pytest

from moregrad.data.word_list import to_list, to_series
from moregrad.errors import DataError


def test_any_iterable_of_texts_is_a_list_of_words():
    assert to_list(iter(("emma", ""))) == ["emma", ""]
    assert to_series({"emma": 1}).to_list() == ["emma"]
    assert to_series([]).dtype == pl.String


def test_a_series_stays_as_it_is():
    words = pl.Series(["emma"])
    assert to_series(words) is words


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("emma", "'emma' is one text; give a list of words"),
        (None, "None is no list of words; give one"),
        (["emma", 1], "word 2 is 1; every word must be text"),
    ],
)
def test_what_is_no_list_of_words_is_refused(words: object, message: str):
    with pytest.raises(DataError, match=message):
        to_list(words)
