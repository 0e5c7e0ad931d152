"""What tests of runs share: a small one."""

import pytest

import moregrad
from runs.small import NAMES, SMALL


@pytest.fixture(scope="session")
def run() -> moregrad.Run:
    """A small run, trained to its end."""
    return moregrad.train(NAMES, "mlp", **SMALL)
