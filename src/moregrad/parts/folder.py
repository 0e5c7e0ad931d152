"""A folder of parts: taken up where it was left, written by several processes, and nobody else's."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from moregrad.errors import StorageError
from moregrad.parts.manifest import NAME, Manifest, check_manifest, write_manifest

LOCK = ".lock"


def begin(manifest: Manifest, folder: Path, *, restart: bool) -> None:
    """Writes the manifest of new work into `folder`, or finds that of the same work in it; `restart` discards it first.

    Raises StorageError for a folder that holds anything else.
    """
    entries = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    if entries and NAME not in entries:
        raise StorageError(f"{folder} is not empty and has no {NAME}; nothing is overwritten, name another folder")
    if restart:
        discard_parts(folder)
    elif entries:
        check_manifest(manifest.facts, folder)
        return
    write_manifest(manifest, folder)


def discard_parts(folder: Path) -> None:
    """Removes the parts and the manifest, and the folder if nothing else is in it."""
    for path in [*folder.glob("part-*.parquet"), folder / NAME]:
        path.unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


@contextmanager
def working_folder(folder: Path, name: str) -> Iterator[Path]:
    """Makes a folder within `folder` for parts under way, held by one process at a time and gone in the end.

    What a process that was killed left in it is removed, and `folder` too if no part came about. Raises StorageError if
    another process holds it, and if it cannot be made.
    """
    working = folder / f".{name}"
    try:
        working.mkdir(parents=True, exist_ok=True)
        lock = FileLock(working / LOCK, timeout=0, thread_local=False)
        lock.acquire()
    except Timeout as error:
        raise StorageError(f"another process is at work in {folder}; wait for it, or share with --shard") from error
    except OSError as error:
        raise StorageError(f"{folder} cannot be a folder of parts: {error.strerror}; name another one") from error
    try:
        _empty(working)
        yield working
    finally:
        shutil.rmtree(working, ignore_errors=True)
        lock.release()
        if not any(folder.glob("part-*.parquet")) and {path.name for path in folder.iterdir()} <= {NAME}:
            discard_parts(folder)


def _empty(working: Path) -> None:
    for left in working.iterdir():
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        elif left.name != LOCK:
            left.unlink(missing_ok=True)
