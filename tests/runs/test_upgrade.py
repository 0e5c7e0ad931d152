"""Runs of earlier formats: what they scored, made and learned when they were written, they do still."""

import json
import shutil
from pathlib import Path

import pytest

import moregrad

FORMAT_1 = Path(__file__).with_name("format_1")
FIGURES = json.loads((FORMAT_1 / "figures.json").read_text())


@pytest.mark.parametrize("name", FIGURES)
def test_a_run_of_format_1_scores_and_samples_as_it_did(name: str):
    run, expected = moregrad.load(FORMAT_1 / name), FIGURES[name]
    for word, surprisal in expected["surprisal"].items():
        assert run.score([word])[0].surprisal == pytest.approx(surprisal, abs=1e-5)
    assert [sample.word for sample in run.sample(5, seed=3)] == expected["sampled"]


@pytest.mark.parametrize("name", [name for name in FIGURES if FIGURES[name]["resumed"]])
def test_a_run_of_format_1_goes_on_as_it_would_have(name: str, tmp_path: Path):
    folder = shutil.copytree(FORMAT_1 / name, tmp_path / name)
    last = moregrad.resume(folder, steps=30).metrics[-1]
    assert [last.train, last.validation] == pytest.approx(FIGURES[name]["resumed"], abs=1e-4)


def test_a_run_of_format_1_keeps_its_record(tmp_path: Path):
    run = moregrad.load(FORMAT_1 / "cnn")
    assert run.record.cleaning.kept == 24
    assert run.record.losses is not None
    assert run.record.losses["test"].all.nats == pytest.approx(run.evaluate()["test"].all.nats, abs=1e-5)
    assert (run.recipe.grad_clip, run.recipe.label_smoothing, run.recipe.warmup_steps) == (0.5, 0.1, 3)
    assert run.architecture == moregrad.models.CNN(embedding=4, depth=2, kernel_size=3, dropout=0.1)


def test_a_saved_run_is_of_the_present_format_and_the_same(tmp_path: Path):
    run = moregrad.load(FORMAT_1 / "mixture")
    moregrad.save(run, tmp_path / "again")
    again = moregrad.load(tmp_path / "again")
    assert again.score(["bada"]) == run.score(["bada"])
    assert again.record == run.record
