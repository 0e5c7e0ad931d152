"""Runs in folders."""

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import jax
import numpy as np
import pytest
from safetensors.numpy import load_file

import moregrad
from moregrad.errors import StorageError
from moregrad.layers.layer import Tables
from moregrad.runs.storage import claim, digest_words, discard, find_runs, load_run, save_samples, save_words
from runs.prepared import prepared
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


def test_tables_of_counts_are_stored_once_and_small(tmp_path: Path):
    run = moregrad.train(NAMES, "gru+ngram", steps=0)
    moregrad.save(run, tmp_path / "run")
    arrays = load_file(tmp_path / "run" / "model.safetensors")
    counts = {name.rpartition(".")[2] for name in arrays if name.startswith("counts.members[1].tables.")}
    assert counts == {"first", "token", "starts", "gain", "weight"}
    assert not [name for name in arrays if "gain" in name and not name.startswith("counts.")]
    loaded = load_run(tmp_path / "run")
    assert loaded.score(["ada"]) == run.score(["ada"])
    trees = loaded.model, loaded.progress.model
    (best,), (last,) = (filter(is_tables, jax.tree.leaves(tree, is_leaf=is_tables)) for tree in trees)
    assert best is last


def is_tables(node: object) -> bool:
    return isinstance(node, Tables)


@pytest.mark.parametrize("name", ["run.json", "metrics.jsonl", "samples.txt"])
@pytest.mark.parametrize("content", [b"", b"{", b"\xff"])
def test_files_for_people_may_be_damaged(run: moregrad.Run, folder: Path, name: str, content: bytes):
    (folder / name).write_bytes(content)
    loaded = load_run(folder)
    assert (loaded.metrics, loaded.record) == (run.metrics, run.record)


@pytest.mark.parametrize("name", ["model.safetensors", "words.safetensors"])
def test_every_flipped_bit_and_every_cut_is_refused(folder: Path, name: str):
    path = folder / name
    whole = path.read_bytes()
    random = Random(0)
    for _ in range(60):
        index = random.randrange(len(whole))
        flipped = bytearray(whole)
        flipped[index] ^= 1 << random.randrange(8)
        for damaged in (bytes(flipped), whole[:index], whole + b"\0"):
            path.write_bytes(damaged)
            with pytest.raises(StorageError, match=re.escape(f"{folder} cannot be read: its {name}")):
                load_run(folder)


@pytest.mark.parametrize("name", ["model.safetensors", "words.safetensors"])
def test_a_file_of_another_run_is_refused(folder: Path, tmp_path: Path, name: str):
    other = moregrad.train([f"{name}x" for name in NAMES], "mlp", out=tmp_path / "other", **SMALL)
    assert other.step == 20
    shutil.copy(tmp_path / "other" / name, folder / name)
    with pytest.raises(StorageError, match=r"its words.safetensors is damaged or belongs to another run"):
        load_run(folder)


def _truncate(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])


def _make_newer(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes().replace(rb"\"format\": 4,", rb"\"format\": 9,"))


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda folder: (folder / "model.safetensors").unlink(), "its training never began; name another"),
        (_truncate, "cannot be read: its model.safetensors is damaged"),
        (lambda folder: (folder / "words.safetensors").unlink(), "its words.safetensors cannot be read: No such file"),
        (_make_newer, "has format 9; this moregrad reads up to 4: upgrade moregrad"),
    ],
)
def test_a_folder_that_cannot_be_read_says_why(folder: Path, damage: Callable[[Path], None], told: str):
    damage(folder)
    with pytest.raises(StorageError, match=told):
        load_run(folder)


def test_a_folder_that_holds_this_very_run_is_claimed(run: moregrad.Run, folder: Path):
    assert claim(folder, run) == digest_words(run.splits)


def test_a_folder_that_holds_another_run_or_step_is_not_claimed(run: moregrad.Run, folder: Path):
    other = moregrad.train(NAMES, "mlp", **{**SMALL, "hidden": 9})
    with pytest.raises(StorageError, match="holds another run by now"):
        claim(folder, other)
    moregrad.resume(folder, steps=30)
    with pytest.raises(StorageError, match="holds this run at step 30, not 20 by now; load it again"):
        claim(folder, run)


def test_what_came_to_nothing_is_removed(folder: Path):
    (folder / "notes.txt").write_text("mine")
    discard(folder)
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_a_folder_without_a_run_says_how_to_make_one(tmp_path: Path):
    with pytest.raises(StorageError, match=f"`moregrad train --out {tmp_path}` makes one"):
        load_run(tmp_path)


def test_a_model_of_another_program_is_told_as_such(run: moregrad.Run, tmp_path: Path):
    save_words(run.splits, tmp_path)
    (tmp_path / "words.safetensors").rename(tmp_path / "model.safetensors")
    with pytest.raises(StorageError, match="is not of moregrad"):
        load_run(tmp_path)


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


def test_the_runs_in_a_folder_are_found_the_latest_first(tmp_path: Path):
    assert find_runs(tmp_path / "nothing") == []
    for number, name in enumerate(("one", "two")):
        moregrad.save(prepared("ngram", order=2), tmp_path / name)
        os.utime(tmp_path / name, (number, number))
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    assert find_runs(tmp_path) == [tmp_path / "two", tmp_path / "one"]
    with pytest.raises(StorageError, match="cannot be read: Not a directory; name the folders of runs"):
        find_runs(tmp_path / "file")
