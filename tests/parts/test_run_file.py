"""Runs that are known by their content."""

import shutil
from pathlib import Path

import pytest
from runs.prepared import prepared

import moregrad
from moregrad.errors import StorageError
from moregrad.parts.run_file import RunFile


def test_a_run_is_loaded_once_and_told_from_one_that_came_in_its_place(tmp_path: Path, run_folder: Path):
    folder = tmp_path / "run"
    shutil.copytree(run_folder, folder)
    file = RunFile.of(folder)
    assert file.sha256 == RunFile.of(run_folder).sha256
    assert file.load() is file.load()
    shutil.rmtree(folder)
    moregrad.save(prepared("ngram", order=2), folder)
    assert RunFile.of(folder) != file
    RunFile.of(folder).load()
    with pytest.raises(StorageError, match="holds another run than when the work began"):
        file.load()


def test_a_folder_without_a_run_is_told(tmp_path: Path):
    with pytest.raises(StorageError, match="is no run folder"):
        RunFile.of(tmp_path)
