"""`moregrad sweep`."""

import json
import signal
from pathlib import Path

import pytest

import moregrad
from cli.calls import Call, start

TINY = ("--model", "bigram", "--batch-size", "8", "--steps", "20", "--eval-every", "10")
RATES = ("--learning-rate", "1e-2..3e-1")


def test_a_search_ends_in_a_table_and_the_run_of_the_best_settings(call: Call, names_file: Path, tmp_path: Path):
    storage, out = tmp_path / "search.journal", tmp_path / "best"
    outcome = call("sweep", names_file, *TINY, *RATES, "--trials", 3, "--storage", storage, "--out", out)
    assert outcome.code == 0
    assert outcome.out.split()[:4] == ["trial", "learning_rate", "validation", "steps"]
    assert "trial 2: validation" in outcome.err
    assert f"go on, with higher --trials:\n  moregrad sweep {names_file}" in outcome.out
    assert (out / "parallel-coordinates.png").read_bytes().startswith(b"\x89PNG")
    again = call("sweep", names_file, *TINY, *RATES, "--trials", 3, "--storage", storage, "--out", out)
    assert (again.code, "is not empty" in again.err) == (2, True)


def test_machines_get_all_trials_and_the_record_of_the_run(call: Call, names_file: Path, tmp_path: Path):
    storage, out = tmp_path / "search.journal", tmp_path / "best"
    outcome = call("sweep", names_file, *TINY, *RATES, "--trials", 2, "--storage", storage, "--out", out, "--json")
    facts = json.loads(outcome.out)
    best = facts["trials"][facts["best"]]
    assert best["validation"] == min(trial["validation"] for trial in facts["trials"])
    run = moregrad.load(out)
    assert run.recipe.learning_rate == best["settings"]["learning_rate"]
    assert min(metrics.validation for metrics in run.metrics) == pytest.approx(best["validation"], abs=1e-6)
    assert facts["run"]["losses"]["test"]["all"]["words"] == run.record.words["test"]


def test_seeds_of_one_setting_are_told_with_their_spread(call: Call, names_file: Path):
    outcome = call("sweep", names_file, *TINY, "--seeds", 3)
    assert outcome.code == 0
    assert [line.split()[0] for line in outcome.out.splitlines()[:4]] == ["list", "train", "validation", "test"]
    assert "may differ by their seeds alone" in " ".join(outcome.out.split())
    told = json.loads(call("sweep", names_file, *TINY, "--seeds", 3, "--json").out)
    assert told["seeds"] == [0, 1, 2]


def test_an_interrupted_search_tells_how_to_go_on(names_file: Path, tmp_path: Path):
    storage = tmp_path / "search.journal"
    typed = ("sweep", names_file, *TINY[:4], "--steps", 10**6, "--eval-every", 200, *RATES, "--trials", 2)
    process = start(*typed, "--storage", storage, "--pruning", "none", cwd=tmp_path)
    assert process.stderr
    lines = []
    while not lines or "trials are kept" not in lines[-1]:
        lines.append(process.stderr.readline())
        assert lines[-1]
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=240)
    assert process.returncode == 130
    assert f"0 trials are kept; go on with: moregrad sweep {names_file}" in err


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("--trials", 3), "bigram: no setting varies"),
        (("--learning-rate", "0..1", "--trials", 2), "recipe: --learning-rate is 0.0; it must be"),
        ((*RATES, "--seeds", 3), "--seeds trains one setting with several seeds and does not go with several values"),
        (("--seeds", 3, "--trials", 2), "does not go with --trials"),
        (("--rate", "1,2"), "every search has --model --preset --split --trials"),
        ((*RATES, "--trials", 0), "--trials is 0"),
    ],
)
def test_what_makes_no_search_is_told_in_one_line(
    call: Call, names_file: Path, typed: tuple[object, ...], message: str
):
    outcome = call("sweep", names_file, *TINY[:2], *typed)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert outcome.err.count("\n") == 1
