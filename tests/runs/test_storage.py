"""Runs in folders."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jax
import numpy as np
import pytest
from safetensors.numpy import load_file

import moregrad
from moregrad.errors import StorageError
from moregrad.runs.storage import load_run, new_folder, save_samples, save_words
from runs.small import NAMES, SMALL


@pytest.fixture
def run(run: moregrad.Run) -> moregrad.Run:
    """The small run with a best model that is not the last one."""
    return replace(run, model=jax.tree.map(lambda x: x * 1.5, run.model))


@pytest.fixture
def folder(run: moregrad.Run, tmp_path: Path) -> Path:
    """A folder with the small run in it."""
    moregrad.save(run, tmp_path / "run")
    return tmp_path / "run"


def test_every_array_of_a_run_comes_back_to_the_bit(run: moregrad.Run, folder: Path):
    loaded = load_run(folder)
    for one, other in ((run.model, loaded.model), (run.progress, loaded.progress)):
        assert jax.tree.structure(one) == jax.tree.structure(other)
        for mine, theirs in zip(jax.tree.leaves(one), jax.tree.leaves(other), strict=True):
            np.testing.assert_array_equal(mine, theirs)
    for field in ("architecture", "recipe", "vocabulary", "block", "metrics", "record"):
        assert getattr(loaded, field) == getattr(run, field)


def test_other_programs_can_read_the_files(run: moregrad.Run, folder: Path):
    arrays = load_file(folder / "model.safetensors")
    np.testing.assert_array_equal(arrays["best.embedding.weight"], jax.tree.leaves(run.model)[0])
    words = load_file(folder / "words.safetensors")
    np.testing.assert_array_equal(words["test"], run.splits["test"].tokens)
    record = json.loads((folder / "run.json").read_text())
    assert run.record.losses is not None
    assert record["losses"]["test"]["all"]["nats"] == run.record.losses["test"].all.nats
    lines = (folder / "metrics.jsonl").read_text().splitlines()
    assert [json.loads(line)["step"] for line in lines] == [10, 20]


def test_samples_are_written_one_to_a_line(tmp_path: Path):
    save_samples(["añ b", "c"], tmp_path)
    assert (tmp_path / "samples.txt").read_text("utf-8") == "añ b\nc\n"


def test_an_evaluation_that_the_stored_model_has_not_reached_is_left_out(run: moregrad.Run, folder: Path):
    with (folder / "metrics.jsonl").open("a") as file:
        file.write('{"step": 30, "train": 1.0, "validation": 1.0}\n')
    assert load_run(folder).metrics == run.metrics


def _truncate(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])


def _make_newer(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes().replace(rb"\"format\": 2,", rb"\"format\": 9,"))


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda folder: (folder / "model.safetensors").unlink(), "its training never began; name another"),
        (_truncate, "is damaged and cannot be read"),
        (lambda folder: (folder / "words.safetensors").unlink(), "is damaged and cannot be read"),
        (lambda folder: (folder / "run.json").write_text("{}"), "is damaged and cannot be read"),
        (_make_newer, "has format 9; this moregrad reads up to 2: upgrade moregrad"),
    ],
)
def test_a_folder_that_cannot_be_read_says_why(folder: Path, damage: Callable[[Path], None], told: str):
    damage(folder)
    with pytest.raises(StorageError, match=told):
        load_run(folder)


def test_a_folder_without_a_run_says_how_to_make_one(tmp_path: Path):
    with pytest.raises(StorageError, match=f"`moregrad train --out {tmp_path}` makes one"):
        load_run(tmp_path)


def test_a_model_of_another_program_is_told_as_such(run: moregrad.Run, tmp_path: Path):
    save_words(run.splits, tmp_path)
    (tmp_path / "words.safetensors").rename(tmp_path / "model.safetensors")
    with pytest.raises(StorageError, match="is not a model of moregrad"):
        load_run(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"cannot make the folder .*; name another one"):
        new_folder(tmp_path / "file" / "run")
    assert new_folder(tmp_path / "new" / "run").is_dir()


def test_a_kept_run_is_the_same_when_loaded(tmp_path: Path):
    run = moregrad.train(NAMES, "mlp", out=tmp_path / "run", **SMALL)
    loaded = moregrad.load(tmp_path / "run")
    assert loaded.sample(5) == run.sample(5)
    assert loaded.record == run.record
    assert list(loaded.splits) == ["train", "validation", "test"]


def test_a_run_can_be_saved_afterwards(run: moregrad.Run, tmp_path: Path):
    moregrad.save(run, tmp_path / "run")
    assert moregrad.load(tmp_path / "run").score(["ada"]) == run.score(["ada"])


def test_a_run_is_not_saved_over_another(run: moregrad.Run, tmp_path: Path):
    moregrad.save(run, tmp_path / "run")
    with pytest.raises(StorageError, match="nothing is overwritten"):
        moregrad.save(run, tmp_path / "run")


def test_nothing_is_overwritten(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StorageError, match="not empty"):
        moregrad.train(NAMES, out=tmp_path, **SMALL)
