"""A small run in a folder, and a table of words, for the tests of parts."""

from pathlib import Path

import polars as pl
import pytest
from runs.prepared import prepared
from runs.small import NAMES

import moregrad

ROWS = 100


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Counts of three tokens."""
    folder = tmp_path_factory.mktemp("parts") / "run"
    moregrad.save(prepared("ngram", order=3), folder)
    return folder


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A hundred names, one of which cannot be scored, in row groups of 33."""
    words = [NAMES[number % len(NAMES)] for number in range(ROWS)]
    words[41] = "ÄÖ"
    path = tmp_path / "a[1].parquet"
    pl.DataFrame({"id": range(ROWS), "name": words}).write_parquet(path, row_group_size=33)
    return path
