"""`moregrad play`: what is served, how it is told, and how it ends."""

import json
import os
import signal
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from cli.calls import Call, playing


def ask(url: str, what: str) -> list[dict[str, str]]:
    with urlopen(f"{url}api/{what}", timeout=60) as answer:
        return json.load(answer)[what]


def test_runs_are_served_until_a_signal_comes(run_folder: Path, tmp_path: Path):
    with playing(str(run_folder), folder=tmp_path) as (process, url):
        assert [each["name"] for each in ask(url, "runs")] == ["names"]
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=60)
        assert f"moregrad is at {url} (Ctrl-C stops it)" in told
        assert "SIGTERM: stopping when what is under way is answered" in told
    assert os.listdir(tmp_path) == []


def test_without_arguments_the_runs_in_the_folder_of_runs_are_served(run_folder: Path, tmp_path: Path):
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "mine").symlink_to(run_folder)
    with playing(folder=tmp_path) as (_, url):
        assert [each["name"] for each in ask(url, "runs")] == ["mine"]


def test_a_list_may_be_given_instead(names_file: Path, tmp_path: Path):
    with playing(str(names_file), folder=tmp_path) as (_, url):
        assert ask(url, "lists")[0] == {"name": "names.txt", "description": "given at the start"}


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing-here"], "there is nothing at nothing-here; give the folder of a run, a list, or nothing at all"),
        (["--port", "65536"], "--port is 65536; it must be a whole number of at least 0 and at most 65,535"),
        (["--host", "no such host"], "cannot listen at no such host"),
        (["one", "two"], "one is no run folder"),
    ],
)
def test_what_cannot_be_served_is_told(
    call: Call, words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    outcome = call("play", "--no-browser", *words)
    assert outcome.code == 2
    assert told in outcome.err


def test_a_missing_package_is_told(call: Call, empty: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    outcome = call("play", "--no-browser")
    assert (outcome.code, "pip install 'moregrad[web]'" in outcome.err) == (2, True)
