"""The lists of the published runs."""

import pytest

from moregrad.errors import SourceError
from moregrad.lectures.lists import Lists


def test_parts_are_called_as_published_runs_and_splits_call_them(lists):
    assert lists.encoded("the first name").predictions == 5
    assert lists.encoded("the whole list").predictions == 228_146
    assert (
        lists.encoded("train").tokens.tolist()
        == lists.encoded("the training words of the lecture split").tokens.tolist()
    )


def test_the_indian_names_are_read_from_a_file_given_or_from_the_data_folder(indian_names_path):
    assert len(Lists().indian_names) == len(Lists(indian_names_path).indian_names) == 60_548


def test_without_the_file_it_is_said_where_it_was_looked_for(tmp_path, monkeypatch):
    monkeypatch.setenv("MOREGRAD_DATA", str(tmp_path))
    with pytest.raises(SourceError, match=f"no file {tmp_path}/indian-names.csv; give the file"):
        _ = Lists().indian_names
