"""The footer of a part, by which it is known for what it is, and known to be sound, wherever it was made."""

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from moregrad.parts.part import Done, Part

FOOTER = "moregrad"

Accept = Callable[[Path, Mapping[str, Any]], bool]


class Content:
    """The sum of the hashes of some rows, however many at a time they come, with the names of their columns."""

    def __init__(self) -> None:
        self._rows, self._columns = 0, list[str]()

    def add(self, table: pl.DataFrame) -> None:
        """Adds rows."""
        self._rows = (self._rows + int(table.hash_rows(seed=0).to_numpy().sum())) % 2**64
        self._columns = table.columns

    @property
    def digest(self) -> str:
        """The digest of all rows so far; Polars may hash otherwise in another version."""
        return sha256(json.dumps([self._rows, self._columns]).encode()).hexdigest()


def describe(done: Done, digest: str, content: Content) -> dict[str, str]:
    """Returns what the footer of a part says of it."""
    sound = {"content": content.digest, "polars": pl.__version__}
    return {FOOTER: json.dumps({"work": digest, **done.to_dict(), **sound})}


def find_done(parts: Sequence[Part], digest: str, folder: Path) -> dict[int, Done]:
    """Returns the parts that are in `folder`, of the work with this digest and, as their footers say, whole."""
    return _find(parts, digest, folder, lambda path, footer: True)


def find_sound(parts: Sequence[Part], digest: str, folder: Path) -> dict[int, Done]:
    """Returns those of `find_done` whose rows are read as they were written."""
    return _find(parts, digest, folder, _is_sound)


def _find(parts: Sequence[Part], digest: str, folder: Path, accept: Accept) -> dict[int, Done]:
    found = (_read_done(part, digest, folder, accept) for part in parts)
    return {done.number: done for done in found if done}


def _read_done(part: Part, digest: str, folder: Path, accept: Accept) -> Done | None:
    path = folder / part.file
    if not path.is_file():
        return None
    try:
        footer = json.loads(pl.read_parquet_metadata(path)[FOOTER])
        rows = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
        done = Done(footer["number"], footer["rows"], footer["problems"], footer["shortage"])
        known = (footer["work"], done.number, done.rows) == (digest, part.number, rows)
        return done if known and accept(path, footer) else None
    # Rust panics at some of what damage does to a file.
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return None


def _is_sound(path: Path, footer: Mapping[str, Any]) -> bool:
    if footer["polars"] != pl.__version__:
        return True
    content = Content()
    content.add(pl.read_parquet(path, glob=False))
    return content.digest == footer["content"]
