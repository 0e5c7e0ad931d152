"""Fixtures with which tests replay a published run."""

from collections.abc import Callable

import pytest

from moregrad.lectures.lists import Lists
from moregrad.lectures.reproduction import reproduce
from moregrad.lectures.row import Row


@pytest.fixture
def reproduced(lists: Lists) -> Callable[[str], list[Row]]:
    """Replays a run, asserts that every published figure came out, and returns them all."""

    def check(name: str) -> list[Row]:
        rows = reproduce(name, lists=lists)
        assert [row for row in rows if row.verdict == "differs"] == []
        return rows

    return check
