"""Searches from Python, and several processes on one of them."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import moregrad
from moregrad.errors import MoregradError
from searches.lists import NAMES, SHORT

RATES = "1e-2..3e-1"


def test_a_search_returns_its_trials_and_calls_back_with_each(tmp_path: Path):
    told: list[int] = []
    storage = tmp_path / "journal"
    options: dict[str, Any] = {"storage": storage, "callback": lambda trial: told.append(trial.number)}
    found = moregrad.sweep(NAMES, "bigram", trials=2, learning_rate=RATES, **SHORT, **options)
    more = moregrad.sweep(NAMES, "bigram", trials=3, learning_rate=RATES, **SHORT, **options)
    assert told == [0, 1, 2]
    assert more.trials[:2] == found.trials
    assert more.best.validation == min(trial.validation or 9.0 for trial in more.trials)


def test_counts_are_searched_like_networks():
    found = moregrad.sweep(NAMES, "ngram", order=[2, 3])
    alone = moregrad.train(NAMES, "ngram", order=found.best.settings["order"])
    assert alone.record.losses
    assert found.best.validation == pytest.approx(alone.record.losses["validation"].all.nats, abs=1e-6)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"hidden": 8, "trials": 2}, "no setting varies"),
        ({"hidden": "8..16"}, "has no end; give trials or minutes"),
        ({"hidden": [8, 16], "trials": 0}, "trials is 0; it must be a whole number of at least 1"),
        ({"hidden": [8, 16], "minutes": 0.0}, "minutes is 0.0; it must be"),
        ({"hidden": [8, 16], "pruning": "all"}, "pruning is 'all'; it must be one of median, halving, none"),
        ({"hidden": [8, 16], "split": "thirds"}, "thirds"),
    ],
)
def test_a_search_that_cannot_be_is_refused(options: dict[str, Any], message: str):
    with pytest.raises(MoregradError, match=message):
        moregrad.sweep(NAMES, "gru", **options)


def start(words: Path, storage: Path, *, steps: int) -> "subprocess.Popen[str]":
    command = ["sweep", words, "--model", "bigram", "--learning-rate", RATES, "--batch-size", 8, "--steps", steps]
    command += ["--eval-every", steps // 2, "--trials", 6, "--pruning", "none", "--storage", storage, "--json"]
    line = [sys.executable, "-m", "moregrad", *map(str, command)]
    folder = words.parent
    return subprocess.Popen(line, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_share_a_search_and_one_that_is_killed_loses_nothing(tmp_path: Path):
    words, storage = tmp_path / "names.txt", tmp_path / "search.journal"
    words.write_text("\n".join(NAMES))
    killed = start(words, storage, steps=40)
    try:
        _wait_for('"user_attr":{"worker":0}', storage)
    finally:
        killed.kill()
    other, last = start(words, storage, steps=40), start(words, storage, steps=40)
    for process in (killed, other, last):
        process.communicate(timeout=240)
    assert (other.returncode, last.returncode) == (0, 0)
    found = moregrad.sweep(NAMES, "bigram", trials=6, learning_rate=RATES, batch_size=8, steps=40, eval_every=20,
                           pruning="none", storage=storage)  # fmt: skip
    assert [trial.state for trial in found.trials] == ["finished"] * 6
    assert len({trial.settings["learning_rate"] for trial in found.trials}) == 6
    # A process that begins after the others have ended is the last at work as well; one that is killed leaves a folder.
    runs = [moregrad.load(folder) for folder in (tmp_path / "runs").iterdir() if any(folder.iterdir())]
    assert runs
    for run in runs:
        assert min(metrics.validation for metrics in run.metrics) == pytest.approx(found.best.validation, abs=1e-6)


def _wait_for(text: str, file: Path) -> None:
    end = time.monotonic() + 120
    while not (file.exists() and text in file.read_text()):
        assert time.monotonic() < end
        time.sleep(0.02)
