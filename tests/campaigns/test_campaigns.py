"""Campaigns run: the first tries of each are right, and a failure is counted."""

from pathlib import Path

import pytest

from campaigns import CAMPAIGNS, Trial, __main__, run, title


@pytest.mark.parametrize("name", CAMPAIGNS)
def test_the_first_tries_of_a_campaign_hold(name: str):
    assert [trial for trial in run(name, tries=3) if trial.problem] == []


def test_titles_are_one_line():
    assert all(title(name) and not title(name).endswith(".") for name in CAMPAIGNS)


def test_failures_are_counted_and_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    trials = [Trial("a"), Trial("b", "went wrong")]
    monkeypatch.setattr(__main__, "run", lambda name, *, seed, tries: iter(trials))
    monkeypatch.setattr(__main__, "title", lambda name: "Tries of a test")
    text, failures = __main__.row("none", seed=0, tries=None)
    assert text.startswith("| Tries of a test | 2 | 1 |")
    assert failures == 1
    assert "none: b: went wrong" in capsys.readouterr().out


def test_the_report_keeps_what_was_not_run_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(__main__, "REPORT", tmp_path / "report.md")
    monkeypatch.setattr(__main__, "CAMPAIGNS", ["one", "two"])
    monkeypatch.setattr(__main__, "title", lambda name: name)
    __main__.REPORT.write_text(f"before\n{__main__.BEGIN}{__main__.END}after\n")
    __main__.write(["| two | 5 | 1 | 9 |\n"])
    __main__.write(["| one | 3 | 0 | 1 |\n", "| gone | 3 | 0 | 1 |\n"])
    __main__.write(["| two | 6 | 0 | 8 |\n"])
    lines = __main__.REPORT.read_text().splitlines()
    assert lines[0] == "before"
    assert lines[4:6] == ["| one | 3 | 0 | 1 |", "| two | 6 | 0 | 8 |"]
    assert lines[-1] == "after"
