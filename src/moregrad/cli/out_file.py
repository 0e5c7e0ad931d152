"""Files that results are written to: new ones, of a kind that can hold them."""

from collections.abc import Sequence
from pathlib import Path

from moregrad.errors import MoregradError


def check_new(file: Path) -> Path:
    """Returns `file`; raises MoregradError if it exists already."""
    if file.exists():
        raise MoregradError(f"{file} exists, and nothing is overwritten; name another file with --out")
    return file


def check_out(file: Path, endings: Sequence[str]) -> Path:
    """Returns `file`; raises MoregradError if it exists, if its ending is not one of `endings`, or it has no folder."""
    if file.suffix.lower() not in endings:
        raise MoregradError(f"{file} has the ending of no file that is written here; give one of {' '.join(endings)}")
    if not file.parent.is_dir():
        raise MoregradError(f"there is no folder {file.parent}; make it, or name another file with --out")
    return check_new(file)
