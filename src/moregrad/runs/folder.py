"""The folder of a run, held by one training at a time."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from moregrad.atomic import check_name
from moregrad.errors import StorageError

LOCK = ".lock"
"""A file that is locked while a training holds the folder; the system unlocks it when the process ends."""

RUNS = Path("runs")
"""The folder of runs that are given none of their own."""


def check_free(folder: str | os.PathLike[str]) -> Path:
    """Returns `folder`, which need not exist; raises StorageError if there is anything in it."""
    folder = Path(folder)
    try:
        check_name(folder)
        taken = any(path.name != LOCK for path in folder.iterdir())
    except FileNotFoundError:
        return folder
    except OSError as error:
        raise StorageError(f"{folder} cannot be a run folder: {error.strerror}; name another one") from error
    if taken:
        raise StorageError(f"{folder} is not empty, and nothing is overwritten; name another folder, or resume its run")
    return folder


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Makes `folder` if need be and keeps the trainings of other processes out of it.

    A folder that it made and that is left empty is removed in the end. Raises StorageError if the folder cannot be made
    or another training holds it.
    """
    made = _make(folder)
    # Shared within the process: a training that ended by an exception may live on in its traceback, as in a notebook.
    lock = FileLock((folder / LOCK).resolve(), timeout=0, thread_local=False, is_singleton=True)
    try:
        _acquire(lock, folder)
        try:
            yield
        finally:
            if lock.lock_counter == 1:
                with suppress(OSError):
                    (folder / LOCK).unlink()
            lock.release()
    finally:
        with suppress(OSError):
            for each in made:
                each.rmdir()


@contextmanager
def take_turns(folder: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Makes `folder` if need be and keeps all others out of it; calls `wait` before it waits until they are done.

    Raises StorageError if the folder cannot be made.
    """
    _make(folder)
    # Its file stays: whoever waits has opened it already.
    lock = FileLock((folder / LOCK).resolve(), thread_local=False)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            wait()
            lock.acquire()
    except OSError as error:
        raise StorageError(f"cannot write in {folder}: {error.strerror}; name another folder") from error
    try:
        yield
    finally:
        lock.release()


def _make(folder: Path) -> list[Path]:
    """Makes `folder`; returns it and its parents as far as they were not there, the innermost first."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"cannot make the folder {folder}: {error.strerror}; name another one") from error
    return made


def _acquire(lock: FileLock, folder: Path) -> None:
    try:
        lock.acquire()
    except Timeout as error:
        raise StorageError(f"{folder} is in use by another training; wait for it, or name another folder") from error
    except OSError as error:
        raise StorageError(f"cannot write in {folder}: {error.strerror}; name another folder") from error


@contextmanager
def free_folder(model: str, source: str, home: Path = RUNS) -> Iterator[Path]:
    """Makes a new folder in `home`, named after the model and the source; trainings that start together get one each.

    It is removed again, and `home` with it, if nothing is in it in the end.
    """
    names = (home / f"{model}-{name_of(source)}-{number}" for number in count(1))
    folder = next(folder for folder in names if _make_new(folder))
    try:
        yield folder
    finally:
        with suppress(OSError):
            folder.rmdir()
            home.rmdir()


def name_of(source: str) -> str:
    """Returns a name for what is made of `source`."""
    listed = "".join(letter if letter.isalnum() else "-" for letter in Path(source).name).strip("-")
    return listed or "list"


def _make_new(folder: Path) -> bool:
    """Makes `folder`; returns false if it was there already."""
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        return False
    except OSError as error:
        raise StorageError(f"cannot make the folder {folder}: {error.strerror}; name one with --out") from error
    return True
