"""A server with a small run, which most tests ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from runs.prepared import prepared

from moregrad.runs import Run
from moregrad.web import Limits, Playground
from web.client import Client, serving

LIMITS = Limits(words=50, characters=40, samples=30, steps=2_000, list_words=1_000, upload=100_000, body=20_000)


@pytest.fixture(scope="session")
def small() -> Run:
    """A small network that was never trained."""
    return prepared("gru", hidden=8, embedding=4)


@pytest.fixture(scope="session")
def client(small: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The client of a server that has the run `small`, and one of counts."""
    playground = Playground(home=tmp_path_factory.mktemp("home") / "runs", limits=LIMITS)
    playground.runs.add("small", small)
    playground.runs.add("counts", prepared("ngram", order=3))
    with serving(playground) as asked:
        yield asked


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for new runs that is not there yet."""
    return tmp_path / "runs"
