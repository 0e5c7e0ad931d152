"""Files that are written whole or not at all."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

UNSYNCABLE = {errno.EINVAL, errno.ENOTSUP}
"""Errors of file systems that cannot sync a folder."""


def check_name(path: str | os.PathLike[str]) -> None:
    """Raises OSError for a name that no file can have, where Python itself would raise ValueError."""
    try:
        if "\0" not in os.fsdecode(os.fsencode(path)):
            return
        reason = "a null byte is in no file name"
    except UnicodeEncodeError:
        reason = "half a surrogate pair is in no file name"
    raise OSError(errno.EINVAL, reason, repr(path))


def write_bytes(path: str | os.PathLike[str], content: bytes) -> None:
    """Writes `content` to `path` so that, whatever happens, the file holds either all of it or what it held before.

    Raises OSError where the file cannot be written.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(content)


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Gives the name of a temporary file, which takes the place of `path` when the `with` ends without an error.

    The file is in the same folder, which must exist, and it is synced to disk before it is renamed. A symbolic link is
    followed, and an existing file keeps its permissions. After an error, of which OSError is raised where the file
    cannot be written, the temporary file is removed.
    """
    check_name(path)
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name[:40]}.{os.urandom(8).hex()}.part")
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def clear(folder: Path, name: str = "*") -> None:
    """Removes what killed processes left of files `name`, or any, in `folder`, where nobody may write them now."""
    for path in folder.glob(f".{name}.{'[0-9a-f]' * 16}.part"):
        path.unlink(missing_ok=True)


def move(path: Path, target: Path) -> None:
    """Renames a file that is on disk already, and has the new name on disk too; a file of that name is replaced."""
    path.replace(target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Makes a rename in `folder` durable, where the platform can open folders and sync them."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # always on Windows; elsewhere in a folder that cannot be listed
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in UNSYNCABLE:
            raise
    finally:
        os.close(descriptor)
