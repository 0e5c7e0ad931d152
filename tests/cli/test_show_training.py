"""A training in a terminal."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import moregrad
from cli.calls import NAMES
from moregrad.cli.show_training import train_in
from moregrad.data.splits import Leakage
from moregrad.models.catalogue import architecture
from moregrad.recipe import Recipe
from moregrad.runs import experiment
from moregrad.runs.experiment import prepare, read
from moregrad.runs.judging import judge
from moregrad.runs.verdict import Advice

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and in it one for a run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "a run"


def begun(model: str = "ngram", source: str = "a/names.txt", **facts: object) -> moregrad.Run:
    run = prepare(read(NAMES, moregrad.Reading()), architecture(model, order=2), Recipe(steps=0))
    return replace(run, record=run.record.replace(source=source, **facts))


def evaluated() -> moregrad.Run:
    run = begun()
    return replace(run, record=run.record.replace(losses=run.evaluate()))


def test_what_the_reader_decided_is_told(folder: Path, capsys: Captured):
    run = begun()
    report = replace(run.record.cleaning, notes=("delimiter: ';'", "header: 'Ort', 'Land'"))
    told = replace(run, record=run.record.replace(cleaning=report))
    assert train_in(folder, told, samples=3, tensorboard=False, json=False) == 0
    assert "24 kept\nnote: delimiter: ';'\nnote: header: 'Ort', 'Land'\nngram:" in capsys.readouterr().err


def test_a_training_is_introduced_and_its_results_are_shown(folder: Path, capsys: Captured):
    leaky = begun(leakage=Leakage(1, 2), words={"train": 1800, "validation": 3, "test": 4})
    assert train_in(folder, leaky, samples=3, tensorboard=False, json=False) == 0
    out, err = capsys.readouterr()
    assert "a/names.txt: 24 read, 24 kept\n" in err
    err = err.replace("\n  ", " ")
    assert "ngram: 0 parameters (order 2, smoothing kneser-ney, k 0.1); 1,800 words to train on" in err
    assert ", which hold 1 of 3 in validation and 2 of 4 in test as well\n" in err
    assert "3 new words:" in out
    assert all(word in out for word in (folder / "samples.txt").read_text().split())
    assert f"moregrad sample '{folder}' --count 50" in out


def test_the_verdict_and_what_to_try_are_shown_with_the_folder_as_it_is_typed(
    folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
):
    advice = (Advice("moregrad sample RUN --temperature 0.7", "fewer words have a capital inside"),)
    judged = replace(judge(evaluated()), sentences=("It is good.",), advice=advice)
    monkeypatch.setattr(experiment, "judge", lambda run: judged)
    train_in(folder, begun(), samples=3, tensorboard=False, json=False)
    out = capsys.readouterr().out
    assert "\nIt is good.\n\nTo try:\n" in out
    assert f"  moregrad sample '{folder}' --temperature 0.7  # fewer words have a capital inside\n" in out


def test_nothing_to_try_is_no_heading(folder: Path, capsys: Captured):
    train_in(folder, begun(), samples=3, tensorboard=False, json=False)
    out = capsys.readouterr().out
    assert "The model counts and takes no steps; it has counted all 19 training words." in out
    assert "To try" not in out


def test_the_members_of_a_mixture_are_introduced_one_after_the_other(folder: Path, capsys: Captured):
    train_in(folder, begun("ngram+ngram"), samples=0, tensorboard=False, json=False)
    each = "ngram: order 2, smoothing kneser-ney, k 0.1"
    assert f"mixture: 0 parameters ({each}; {each}); " in capsys.readouterr().err.replace("\n  ", " ")


def test_results_are_one_json_object_if_wanted(folder: Path, capsys: Captured):
    train_in(folder, begun(), samples=3, tensorboard=False, json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["folder"], told["source"], len(told["samples"])) == (str(folder), "a/names.txt", 3)
    assert told["losses"] == json.loads((folder / "run.json").read_text())["losses"]
