"""Progress of trainings, of long lists, and of several pieces of work."""

import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import moregrad
from moregrad.cli.progress import _choose, running_count, shares_done, training_progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Makes standard error a terminal; pytest puts its own in place again after every fixture."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("TERM", "xterm")
    return stream


@pytest.fixture(scope="module")
def run(run_folder: Path) -> moregrad.Run:
    """A run of 20 steps that has had two evaluations."""
    return moregrad.load(run_folder)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (2, "train 2.35 validation 2.50"),
        (2_950, "train 2.346 validation 2.500"),
        (10**6, "train 2.3457 validation 2.5000"),
    ],
)
def test_without_a_terminal_every_evaluation_is_a_line(
    run: moregrad.Run, words: int, shown: str, capsys: pytest.CaptureFixture[str]
):
    record = run.record.replace(words={**run.record.words, "validation": words})
    metrics = moregrad.Metrics(step=10, train=2.34567, validation=2.5)
    with training_progress(run) as callback:
        callback(replace(run, metrics=(metrics,), record=record))
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"step 10 of 20: {shown}\n")


def test_on_a_terminal_a_bar_shows_steps_losses_and_speed(run: moregrad.Run, monkeypatch: pytest.MonkeyPatch):
    terminal = on_terminal(monkeypatch)
    before = replace(run.progress, step=run.progress.step * 0)
    begun = replace(run, progress=before, metrics=(), record=run.record.replace(seconds=1.0))
    with training_progress(begun) as callback:
        metrics = moregrad.Metrics(step=10, train=2.34567, validation=2.5)
        callback(replace(run, metrics=(metrics,), record=run.record.replace(seconds=1.5)))
    shown = terminal.getvalue()
    assert "10/20" in shown
    assert "train 2.35 valid 2.50" in shown
    assert "20 steps/s" in shown


def test_a_count_runs_on_a_terminal_that_does_not_show_the_results(monkeypatch: pytest.MonkeyPatch):
    terminal = on_terminal(monkeypatch)
    with running_count("words") as show_done:
        show_done(12_345)
    assert "12,345 words" in terminal.getvalue()


def test_without_a_terminal_nothing_is_counted(capsys: pytest.CaptureFixture[str]):
    with running_count("words") as show_done:
        show_done(12_345)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("width", "shown"), [(200, "0123456"), (88, "0123456"), (80, "01236"), (60, "012"), (40, "12")]
)
def test_a_narrow_terminal_shows_what_fits_on_a_line(width: int, shown: str):
    assert "".join(_choose(tuple("0123456"), width)) == shown


def test_several_pieces_of_work_share_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch):
    terminal = on_terminal(monkeypatch)
    with shares_done(["moons", "wavenet"]) as show:
        for share in (0.0, 0.5, 1.0):
            show("moons", share)
        with show.aside():
            print("a table", file=terminal)
        show("wavenet", 0.2)
    shown = terminal.getvalue()
    assert all(text in shown for text in ("all", "60%", "wavenet", "20%"))


def test_without_a_terminal_nothing_is_shown(capsys: pytest.CaptureFixture[str]):
    with shares_done(["moons"]) as show:
        show("moons", 0.5)
    assert capsys.readouterr() == ("", "")
