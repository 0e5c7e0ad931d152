"""Files that are written whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4


def write_bytes(path: Path, content: bytes) -> None:
    """Writes `content` to a new file beside `path` and renames it to `path`; an earlier file there stays on failure.

    Raises OSError, as `Path.write_bytes` does, and leaves no temporary file behind.
    """
    draft = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Makes a rename in `folder` durable, where the platform can open folders."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
