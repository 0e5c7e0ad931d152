"""Rows that are done, as they are told."""

import sys

import pytest

from moregrad.cli.rows_progress import describe, rows_done
from moregrad.parts import State


def test_the_rate_counts_no_rows_of_earlier_starts():
    assert describe(State(3000, 1000, 10_000), "words", 4.0) == "3,000 of 10,000 words, 500/s, 0:00:14 left"
    assert describe(State(1000, 1000, 10_000), "words", 4.0) == "1,000 of 10,000 words"
    assert describe(State(3000, 0, None), "words", 2.0) == "3,000 words, 1,500/s"


def test_a_log_gets_a_line_now_and_then(capsys: pytest.CaptureFixture[str]):
    with rows_done("words") as show:
        for done in range(0, 1001, 10):
            show(State(done, 0, 1000))
        show(State(7, 0, None))
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(",")[0] for line in lines] == [f"{hundreds}00 of 1" for hundreds in range(1, 10)]


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with rows_done("words") as show:
        show(State(0, 0, 1000))
        show(State(500, 0, 1000))
    assert "500 of 1,000 words" in capsys.readouterr().err
