"""Runs by name."""

from pathlib import Path

import pytest

import moregrad
from moregrad.errors import StorageError
from moregrad.runs import Run
from moregrad.web.problems import RequestError
from moregrad.web.registry import Registry


def test_runs_have_names_of_their_own(small: Run):
    runs = Registry()
    assert [runs.add("a", small).name for _ in range(3)] == ["a", "a-2", "a-3"]
    assert [entry.name for entry in runs] == ["a", "a-2", "a-3"]
    assert runs["a-2"].run is small


def test_folders_are_named_by_their_last_part(small: Run, tmp_path: Path):
    moregrad.save(small, tmp_path / "one")
    runs = Registry()
    runs.load([tmp_path / "one", tmp_path / "one" / "..", tmp_path / "one"][::2])
    assert [(entry.name, entry.folder) for entry in runs] == [("one", tmp_path / "one"), ("one-2", tmp_path / "one")]
    with pytest.raises(StorageError, match="is no run folder"):
        runs.load([tmp_path])


def test_a_run_that_does_not_exist_is_told(small: Run):
    runs = Registry()
    with pytest.raises(RequestError, match="there is no run 'a', and no other yet; train one"):
        runs["a"]
    runs.add("names", small)
    with pytest.raises(RequestError, match="did you mean 'names'"):
        runs["name"]
