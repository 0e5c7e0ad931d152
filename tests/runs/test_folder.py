"""Folders of runs: free or not, held by one training, and gone again if nothing came of it."""

import os
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Event, Thread

import pytest

from moregrad.errors import StorageError
from moregrad.runs.folder import LOCK, check_free, free_folder, hold, take_turns


def test_a_folder_is_free_if_it_is_empty_or_not_there_yet(tmp_path: Path):
    assert check_free(tmp_path) == tmp_path
    assert check_free(str(tmp_path / "new" / "run")) == tmp_path / "new" / "run"
    assert list(tmp_path.iterdir()) == []


def test_the_lock_of_a_killed_training_is_nothing(tmp_path: Path):
    (tmp_path / LOCK).touch()
    assert check_free(tmp_path) == tmp_path


def test_a_folder_with_something_in_it_and_a_file_are_not_free(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StorageError, match="is not empty, and nothing is overwritten"):
        check_free(tmp_path)
    with pytest.raises(StorageError, match=r"cannot be a run folder: Not a directory; name another one"):
        check_free(tmp_path / "notes.txt")


def test_a_folder_is_made_and_removed_again_with_its_parents_if_nothing_is_in_it(tmp_path: Path):
    with hold(tmp_path / "new" / "run"):
        assert (tmp_path / "new" / "run" / LOCK).is_file()
    assert list(tmp_path.iterdir()) == []
    with hold(tmp_path / "new" / "run"):
        (tmp_path / "new" / "run" / "words").touch()
    assert os.listdir(tmp_path / "new" / "run") == ["words"]


def test_a_folder_that_was_there_stays(tmp_path: Path):
    with hold(tmp_path):
        pass
    assert tmp_path.is_dir()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(StorageError, match=r"cannot make the folder .*; name another one"),
        hold(tmp_path / "file" / "run"),
    ):
        pass


def test_of_many_processes_one_holds_a_folder(tmp_path: Path):
    code = f"""
from moregrad.runs.folder import *
try:
    with hold(Path({str(tmp_path)!r})): print("held", flush=True); input()
except StorageError as error: print(error, flush=True)
"""
    processes = [Popen([sys.executable, "-c", code], stdin=PIPE, stdout=PIPE, encoding="utf-8") for _ in range(4)]
    told = [process.stdout.readline().strip() for process in processes if process.stdout]
    for process in processes:
        process.communicate("\n")
    assert told.count("held") == 1
    assert len([line for line in told if "is in use by another training" in line]) == 3
    assert list(tmp_path.iterdir()) == []


def test_a_process_may_hold_a_folder_again(tmp_path: Path):
    """A notebook keeps the traceback of a training that ended by an exception, and so the training itself."""
    with hold(tmp_path), hold(tmp_path):
        assert (tmp_path / LOCK).is_file()
    assert not (tmp_path / LOCK).exists()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_free_folders_are_numbered_after_the_model_and_the_source(here: Path):
    with (
        free_folder("ngram", "a/names.txt") as one,
        free_folder("ngram", "a/names.txt") as two,
        free_folder("ngram", "-") as three,
        free_folder("ngram", "-", here / "mine") as four,
    ):
        assert [str(one), str(two), str(three)] == [
            "runs/ngram-names-txt-1",
            "runs/ngram-names-txt-2",
            "runs/ngram-list-1",
        ]
        assert three.is_dir()
        assert four == here / "mine" / "ngram-list-1"
        (two / "run").touch()
    assert list(Path().iterdir()) == [Path("runs")]
    assert list(Path("runs").iterdir()) == [two]


def test_nothing_is_left_of_a_training_that_failed_before_its_first_step(here: Path):
    def train() -> None:
        with free_folder("ngram", "names.txt") as folder:
            raise ValueError(folder)

    with pytest.raises(ValueError, match="runs/ngram-names-txt-1"):
        train()
    assert list(Path().iterdir()) == []


def test_a_free_folder_that_cannot_be_made_is_told(here: Path):
    Path("runs").write_text("")
    with pytest.raises(StorageError, match=r"cannot make the folder runs/ngram-names-txt-1: .*; name one with --out"):
        free_folder("ngram", "names.txt").__enter__()


def test_those_that_take_turns_wait_for_each_other(tmp_path: Path):
    done: list[str] = []
    waiting = Event()

    def second() -> None:
        with take_turns(tmp_path / "new", waiting.set):
            done.append("second")

    thread = Thread(target=second)
    with take_turns(tmp_path / "new", lambda: pytest.fail("nobody is at work")):
        thread.start()
        assert waiting.wait(timeout=10)
        done.append("first")
    thread.join(timeout=10)
    assert done == ["first", "second"]
    with pytest.raises(StorageError, match="cannot make the folder"), take_turns(tmp_path / "new" / LOCK / "a", print):
        pass
